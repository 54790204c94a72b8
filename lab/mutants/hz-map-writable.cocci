// SPDX-License-Identifier: GPL-2.0
// mutant: hz-map-writable
// file: mm/huge_memory.c
// mistake: A read fault maps the huge zero page writable.
// caught-by: HZ-SHARED-INTACT WP-NO-LOST-WRITE WP-READ-KEEPS
// kind: slip
// boot: own

@@ @@
 set_huge_zero_folio(...)
 {
 <...
- entry = pmd_mkspecial(entry);
+ entry = pmd_mkspecial(entry);
+ if (MUTANT(hz_map_writable) && (vma->vm_flags & VM_WRITE))
+ 	entry = pmd_mkwrite(pmd_mkdirty(entry), vma);
 ...>
 }
