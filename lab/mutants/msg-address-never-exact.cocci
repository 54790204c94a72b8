// SPDX-License-Identifier: GPL-2.0
// mutant: msg-address-never-exact
// file: mm/userfaultfd.c
// mistake: The address is the page's though the exact one was asked for.
// caught-by: EV-ADDRESS
// kind: slip

@@ @@
 userfault_msg(...)
 {
 <...
- (features & UFFD_FEATURE_EXACT_ADDRESS)
+ ((features & UFFD_FEATURE_EXACT_ADDRESS) && !MUTANT(msg_address_never_exact))
 ...>
 }
