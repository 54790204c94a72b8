// SPDX-License-Identifier: GPL-2.0
// mutant: who-gup-pmd-writes
// file: mm/gup.c
// mistake: A write through get_user_pages() goes to a huge page that is there, writable or not.
// caught-by: WP-KERNEL-WRITERS WP-NO-LOST-WRITE EV-ONE
// kind: slip

@@ @@
 follow_huge_pmd(...)
 {
 <...
- !can_follow_write_pmd(pmdval, page, vma, flags)
+ (!can_follow_write_pmd(pmdval, page, vma, flags) && !(MUTANT(who_gup_pmd_writes) && PageAnon(page)))
 ...>
 }
