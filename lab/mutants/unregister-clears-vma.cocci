// SPDX-License-Identifier: GPL-2.0
// mutant: unregister-clears-vma
// file: mm/userfaultfd.c
// mistake: Unregistering a part of a mapping un-protects all of it.
// caught-by: LC-UNREGISTER LC-VMA
// kind: slip

@@ @@
 userfaultfd_clear_vma(...)
 {
 <...
- change_protection(&tlb, vma, start, end, mm_cp_flags);
+ if (MUTANT(unregister_clears_vma))
+ 	change_protection(&tlb, vma, vma->vm_start, vma->vm_end, mm_cp_flags);
+ else
+ 	change_protection(&tlb, vma, start, end, mm_cp_flags);
 ...>
 }
