// SPDX-License-Identifier: GPL-2.0
// mutant: who-gup-pte-writes
// file: mm/gup.c
// mistake: A write through get_user_pages() goes to a base page that is there, writable or not.
// caught-by: WP-KERNEL-WRITERS WP-NO-LOST-WRITE EV-ONE
// kind: slip

@@ @@
 follow_page_pte(...)
 {
 <...
- !can_follow_write_pte(pte, page, vma, flags)
+ (!can_follow_write_pte(pte, page, vma, flags) && !(MUTANT(who_gup_pte_writes) && page && PageAnon(page)))
 ...>
 }
