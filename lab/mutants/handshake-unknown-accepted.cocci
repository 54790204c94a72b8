// SPDX-License-Identifier: GPL-2.0
// mutant: handshake-unknown-accepted
// file: mm/userfaultfd.c
// mistake: The handshake accepts features that the kernel doesn't know.
// caught-by: IF-HANDSHAKE
// kind: slip

@@ @@
 userfaultfd_api(...)
 {
 <...
 if (
- features & ~uffdio_api.features
+ (features & ~uffdio_api.features) && !MUTANT(handshake_unknown_accepted)
 ) goto err_out;
 ...>
 }
