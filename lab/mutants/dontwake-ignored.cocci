// SPDX-License-Identifier: GPL-2.0
// mutant: dontwake-ignored
// file: mm/userfaultfd.c
// mistake: Un-protecting wakes the writer though it was asked not to.
// caught-by: EV-DONTWAKE
// kind: slip

@@ @@
 userfaultfd_writeprotect(...)
 {
 <...
- !mode_wp && !mode_dontwake
+ !mode_wp && (!mode_dontwake || MUTANT(dontwake_ignored))
 ...>
 }
