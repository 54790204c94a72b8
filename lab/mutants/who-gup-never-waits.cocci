// SPDX-License-Identifier: GPL-2.0
// mutant: who-gup-never-waits
// file: mm/gup.c
// mistake: A write through get_user_pages() that may wait for its fault is refused instead.
// caught-by: EV-ONE WP-KERNEL-WRITERS WP-NO-LOST-WRITE
// kind: slip

@@ @@
 faultin_page(...)
 {
 <...
- if (flags & FOLL_UNLOCKABLE)
+ if ((flags & FOLL_UNLOCKABLE) && !MUTANT(who_gup_never_waits))
 { ... }
 ...>
 }
