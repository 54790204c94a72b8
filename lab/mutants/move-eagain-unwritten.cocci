// SPDX-License-Identifier: GPL-2.0
// mutant: move-eagain-unwritten
// file: mm/userfaultfd.c
// mistake: UFFDIO_MOVE that has to be tried again leaves the field for the answer as it was.
// caught-by: IF-ERRORS
// kind: past 6.12.29 'uninitialized output field for -EAGAIN race'

@@ @@
 userfaultfd_move(...)
 {
 <...
 ret = -EAGAIN;
 if (unlikely(atomic_read(&ctx->mmap_changing))) {
- 	if (unlikely(put_user(ret, &user_uffdio_move->move)))
+ 	if (!MUTANT(move_eagain_unwritten) && unlikely(put_user(ret, &user_uffdio_move->move)))
 		return -EFAULT;
 	goto out;
 }
 ...>
 }
