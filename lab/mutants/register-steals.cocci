// SPDX-License-Identifier: GPL-2.0
// mutant: register-steals
// file: mm/userfaultfd.c
// mistake: A range that another descriptor owns can be registered, and is then its no more.
// caught-by: LC-REREGISTER IF-ERRORS
// kind: slip
// boot: own

@@ @@
 ret = -EBUSY;
 if (cur->vm_userfaultfd_ctx.ctx &&
- cur->vm_userfaultfd_ctx.ctx != ctx
+ cur->vm_userfaultfd_ctx.ctx != ctx && !MUTANT(register_steals)
 ) goto out_unlock;
