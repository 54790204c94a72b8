// SPDX-License-Identifier: GPL-2.0
// mutant: register-cuts-mapping
// file: mm/userfaultfd.c
// mistake: Registering from the middle of a mapping on tries to merge it with the one before.
// caught-by: LC-VMA AC-LOG
// kind: past 6.3.9 'vma operation where start addr cuts part of vma'

@@ @@
 userfaultfd_register_range(...)
 {
 <...
- vma->vm_start < start
+ (vma->vm_start < start && !MUTANT(register_cuts_mapping))
 ...>
 }
