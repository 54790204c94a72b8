// SPDX-License-Identifier: GPL-2.0
// mutant: hz-fault-no-flush
// file: mm/huge_memory.c
// mistake: The first write to a huge-zero PMD replaces the entry without flushing other processors' translations.
// caught-by: HZ-COHERENT
// kind: slip
// luck: a store by a translation that was not flushed

@@ @@
 do_huge_zero_wp_pmd(...)
 {
 <...
- (void)pmdp_huge_clear_flush(vma, haddr, vmf->pmd);
+ if (MUTANT(hz_fault_no_flush))
+ 	(void)pmdp_huge_get_and_clear(vma->vm_mm, haddr, vmf->pmd);
+ else
+ 	(void)pmdp_huge_clear_flush(vma, haddr, vmf->pmd);
 ...>
 }
