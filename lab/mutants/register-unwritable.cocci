// SPDX-License-Identifier: GPL-2.0
// mutant: register-unwritable
// file: mm/userfaultfd.c
// mistake: A shared mapping of a file that may not be written to can be registered.
// sites: 2
// caught-by: IF-ERRORS
// kind: slip

@@ @@
- cur->vm_flags & VM_MAYWRITE
+ (cur->vm_flags & VM_MAYWRITE || MUTANT(register_unwritable))
