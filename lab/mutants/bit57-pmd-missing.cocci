// SPDX-License-Identifier: GPL-2.0
// mutant: bit57-pmd-missing
// file: fs/proc/task_mmu.c
// mistake: pagemap doesn't show the bit of protected PMDs.
// caught-by: PM-BIT57 PM-AGREE
// kind: slip

@@ @@
 pagemap_pmd_range_thp(...)
 {
 <...
- pmd_uffd(pmd)
+ (pmd_uffd(pmd) && !MUTANT(bit57_pmd_missing))
 ...>
 }
