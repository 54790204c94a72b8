// SPDX-License-Identifier: GPL-2.0
// mutant: wp-unregistered-accepted
// file: mm/userfaultfd.c
// mistake: Protecting a range that isn't registered succeeds.
// caught-by: IF-ERRORS
// kind: slip

@@ @@
 mwriteprotect_range(...)
 {
 <...
 if (!userfaultfd_wp(dst_vma)) {
- 	err = -ENOENT;
+ 	err = MUTANT(wp_unregistered_accepted) ? 0 : -ENOENT;
 	break;
 }
 ...>
 }
