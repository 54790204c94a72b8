// SPDX-License-Identifier: GPL-2.0
// mutant: msg-address-always-exact
// file: mm/userfaultfd.c
// mistake: The address is exact though nobody asked for that.
// caught-by: EV-ADDRESS
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- (features & UFFD_FEATURE_EXACT_ADDRESS)
+ ((features & UFFD_FEATURE_EXACT_ADDRESS) || MUTANT(msg_address_always_exact))
 ...>
 }
