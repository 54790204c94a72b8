// SPDX-License-Identifier: GPL-2.0
// mutant: unregister-foreign
// file: mm/userfaultfd.c
// mistake: A descriptor can unregister what another one owns.
// caught-by: IF-ERRORS LC-UNREGISTER LC-REREGISTER
// kind: past 6.17: unregistering through another descriptor

@@ @@
 userfaultfd_unregister(...)
 {
 <...
- cur->vm_userfaultfd_ctx.ctx != ctx
+ (cur->vm_userfaultfd_ctx.ctx != ctx && !MUTANT(unregister_foreign))
 ...>
 }
