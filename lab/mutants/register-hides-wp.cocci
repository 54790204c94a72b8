// SPDX-License-Identifier: GPL-2.0
// mutant: register-hides-wp
// file: mm/userfaultfd.c
// mistake: Registering for WP doesn't say that UFFDIO_WRITEPROTECT works.
// caught-by: IF-HANDSHAKE
// kind: slip

@@ @@
- !(uffdio_register.mode & UFFDIO_REGISTER_MODE_WP)
+ (!(uffdio_register.mode & UFFDIO_REGISTER_MODE_WP) || MUTANT(register_hides_wp))
