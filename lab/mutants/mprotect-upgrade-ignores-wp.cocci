// SPDX-License-Identifier: GPL-2.0
// mutant: mprotect-upgrade-ignores-wp
// file: mm/mprotect.c
// mistake: mprotect back to writable makes protected base pages writable.
// caught-by: WP-NEVER-WRITABLE LC-MPROTECT
// kind: past 51d3d5eb74ff

@@ @@
 maybe_change_pte_writable(...)
 {
 <...
- userfaultfd_pte_wp(vma, pte)
+ (userfaultfd_pte_wp(vma, pte) && !MUTANT(mprotect_upgrade_ignores_wp))
 ...>
 }
