// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-protect-skips-zero
// file: mm/huge_memory.c
// mistake: Protecting skips a huge-zero PMD, as NUMA hinting does.
// caught-by: WP-NEVER-WRITABLE HZ-SYNC-EVENT WP-RANGE-EXACT EV-ONE
// kind: slip: the NUMA rule applied to all

@@ @@
 change_huge_pmd(...)
 {
 <...
- if (prot_numa) {
+ if ((cp_flags & MM_CP_UFFD_WP) && is_huge_zero_pmd(*pmd) && MUTANT(pmd_protect_skips_zero))
+ 	goto unlock;
+ if (prot_numa) {
  ...
  }
 ...>
 }
