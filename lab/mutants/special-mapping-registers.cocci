// SPDX-License-Identifier: GPL-2.0
// mutant: special-mapping-registers
// file: mm/userfaultfd.c
// mistake: Special mappings of the kernel can be registered.
// caught-by: IF-ERRORS
// kind: past CVE-2026-68166
// boot: own

@@ @@
 vma_can_userfault(...)
 {
 <...
- (vma->vm_flags & VM_SPECIAL)
+ ((vma->vm_flags & VM_SPECIAL) && !MUTANT(special_mapping_registers))
 ...>
 }
