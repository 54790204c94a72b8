// SPDX-License-Identifier: GPL-2.0
// mutant: handshake-no-ioctls
// file: mm/userfaultfd.c
// mistake: The handshake names no ioctl.
// caught-by: IF-HANDSHAKE
// kind: slip

@@ @@
 userfaultfd_api(...)
 {
 <...
- uffdio_api.ioctls = UFFD_API_IOCTLS;
+ uffdio_api.ioctls = MUTANT(handshake_no_ioctls) ? 0 : UFFD_API_IOCTLS;
 ...>
 }
