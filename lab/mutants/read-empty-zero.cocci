// SPDX-License-Identifier: GPL-2.0
// mutant: read-empty-zero
// file: mm/userfaultfd.c
// mistake: A read with nothing pending is answered with 0, as at the end of a file.
// caught-by: EV-POLL
// kind: slip

@@ @@
 userfaultfd_read_iter(...)
 {
 <...
 if (_ret < 0)
- 	return ret ? ret : _ret;
+ 	return ret || (_ret == -EAGAIN && MUTANT(read_empty_zero)) ? ret : _ret;
 ...>
 }
