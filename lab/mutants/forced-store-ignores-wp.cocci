// SPDX-License-Identifier: GPL-2.0
// mutant: forced-store-ignores-wp
// file: mm/gup.c
// sites: 2
// mistake: A forced write through ptrace or /proc/PID/mem goes into a protected page.
// caught-by: WP-KERNEL-WRITERS WP-NO-LOST-WRITE
// kind: past 6.0 'fix FOLL_FORCE COW security issue', whose check it drops

@@ @@
(
- userfaultfd_huge_pmd_wp(vma, pmd)
+ (userfaultfd_huge_pmd_wp(vma, pmd) && !MUTANT(forced_store_ignores_wp))
|
- userfaultfd_pte_wp(vma, pte)
+ (userfaultfd_pte_wp(vma, pte) && !MUTANT(forced_store_ignores_wp))
)
