// SPDX-License-Identifier: GPL-2.0
// mutant: who-no-wait-passes
// file: mm/memory.c
// mistake: A writer that may not wait for its fault writes to a protected base page.
// caught-by: WP-KERNEL-WRITERS WP-NO-LOST-WRITE
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- !userfaultfd_wp_async(vma)
+ (!userfaultfd_wp_async(vma) && !(MUTANT(who_no_wait_passes) && !(vmf->flags & FAULT_FLAG_ALLOW_RETRY)))
 ...>
 }
