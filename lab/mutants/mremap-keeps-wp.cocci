// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-keeps-wp
// file: mm/mremap.c
// mistake: mremap without the remap event leaves the bit on present base pages.
// caught-by: LC-MREMAP PM-BIT57
// kind: past 0cef0bb836e3

@@ @@
 move_ptes(...)
 {
 <...
- pte = pte_clear_uffd(pte);
+ pte = MUTANT(mremap_keeps_wp) ? pte : pte_clear_uffd(pte);
 ...>
 }
