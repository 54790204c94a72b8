// SPDX-License-Identifier: GPL-2.0
// mutant: hz-split-keeps-huge-zero
// file: mm/huge_memory.c
// mistake: Splitting a huge-zero PMD maps the parts of the huge zero page, which others may free.
// caught-by: HZ-REFCOUNT PM-ZERO-HUGE AC-LOG
// kind: slip
// boot: own

@@ @@
 __split_huge_zero_page_pmd(...)
 {
 <...
- zero_pfn(addr)
+ (MUTANT(hz_split_keeps_huge_zero) ? page_to_pfn(pmd_page(old_pmd)) + i : zero_pfn(addr))
 ...>
 }
