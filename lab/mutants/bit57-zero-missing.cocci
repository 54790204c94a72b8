// SPDX-License-Identifier: GPL-2.0
// mutant: bit57-zero-missing
// file: fs/proc/task_mmu.c
// mistake: pagemap shows the bit only where there is a page: not on zero pages.
// caught-by: PM-BIT57 PM-AGREE
// kind: slip: zero pages have no struct page here

@@ @@
 pte_to_pagemap_entry(...)
 {
 <...
- pte_uffd(pte)
+ (pte_uffd(pte) && !(!page && MUTANT(bit57_zero_missing)))
 ...>
 }
