// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-async-clears-all
// file: mm/memory.c
// mistake: The first async write to a protected huge-zero PMD un-protects all of its pages.
// caught-by: AS-SPLIT-PATH AS-PRECISE
// kind: slip

@@ expression E; @@
 wp_huge_pmd(...)
 {
 <...
 if (E)
- 	goto split;
+ {
+ 	if (MUTANT(pmd_async_clears_all)) {
+ 		spinlock_t *ptl = pmd_lock(vma->vm_mm, vmf->pmd);
+
+ 		if (pmd_same(*vmf->pmd, vmf->orig_pmd))
+ 			set_pmd_at(vma->vm_mm, vmf->address & HPAGE_PMD_MASK, vmf->pmd,
+ 				   pmd_clear_uffd(vmf->orig_pmd));
+ 		spin_unlock(ptl);
+ 	}
+ 	goto split;
+ }
 ...>
 }
