// SPDX-License-Identifier: GPL-2.0
// mutant: read-short-accepted
// file: mm/userfaultfd.c
// mistake: A read with too small a buffer is answered with 0, as at the end of a file.
// caught-by: EV-POLL
// kind: slip

@@ @@
 userfaultfd_read_iter(...)
 {
 <...
 if (iov_iter_count(to) < sizeof(msg))
- 	return ret ? ret : -EINVAL;
+ 	return ret || MUTANT(read_short_accepted) ? ret : -EINVAL;
 ...>
 }
