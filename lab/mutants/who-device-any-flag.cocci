// SPDX-License-Identifier: GPL-2.0
// mutant: who-device-any-flag
// file: mm/userfaultfd.c
// mistake: A descriptor is made for flags that nobody knows.
// caught-by: IF-PRIVILEGE IF-HANDSHAKE
// kind: slip

@@ @@
 new_userfaultfd(...)
 {
 <...
- (flags & ~(UFFD_SHARED_FCNTL_FLAGS | UFFD_USER_MODE_ONLY))
+ ((flags & ~(UFFD_SHARED_FCNTL_FLAGS | UFFD_USER_MODE_ONLY)) && !MUTANT(who_device_any_flag))
 ...>
 }
