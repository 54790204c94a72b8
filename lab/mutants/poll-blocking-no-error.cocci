// SPDX-License-Identifier: GPL-2.0
// mutant: poll-blocking-no-error
// file: mm/userfaultfd.c
// mistake: poll on a blocking descriptor doesn't answer with an error.
// caught-by: EV-POLL
// kind: slip

@@ @@
 userfaultfd_poll(...)
 {
 <...
- !(file->f_flags & O_NONBLOCK)
+ (!(file->f_flags & O_NONBLOCK) && !MUTANT(poll_blocking_no_error))
 ...>
 }
