// SPDX-License-Identifier: GPL-2.0
// mutant: copy-dontwake-ignored
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY wakes the waiter though it was asked not to.
// caught-by: EV-DONTWAKE
// kind: slip

@@ @@
 userfaultfd_copy(...)
 {
 <...
- uffdio_copy.mode & UFFDIO_COPY_MODE_DONTWAKE
+ (uffdio_copy.mode & UFFDIO_COPY_MODE_DONTWAKE && !MUTANT(copy_dontwake_ignored))
 ...>
 }
