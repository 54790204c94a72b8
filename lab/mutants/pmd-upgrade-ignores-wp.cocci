// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-upgrade-ignores-wp
// file: mm/huge_memory.c
// mistake: mprotect back to writable makes a protected THP writable.
// caught-by: WP-NEVER-WRITABLE LC-MPROTECT
// kind: slip

@@ @@
 can_change_pmd_writable(...)
 {
 <...
 if (
- userfaultfd_huge_pmd_wp(vma, pmd)
+ userfaultfd_huge_pmd_wp(vma, pmd) && !MUTANT(pmd_upgrade_ignores_wp)
  ) return false;
 ...>
 }
