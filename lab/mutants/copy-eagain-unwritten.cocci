// SPDX-License-Identifier: GPL-2.0
// mutant: copy-eagain-unwritten
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY that has to be tried again leaves the field for the answer as it was.
// caught-by: IF-ERRORS
// kind: past 6.12.29 'uninitialized output field for -EAGAIN race'

@@ @@
 userfaultfd_copy(...)
 {
 <...
 ret = -EAGAIN;
 if (unlikely(atomic_read(&ctx->mmap_changing))) {
- 	if (unlikely(put_user(ret, &user_uffdio_copy->copy)))
+ 	if (!MUTANT(copy_eagain_unwritten) && unlikely(put_user(ret, &user_uffdio_copy->copy)))
 		return -EFAULT;
 	goto out;
 }
 ...>
 }
