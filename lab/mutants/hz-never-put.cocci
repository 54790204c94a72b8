// SPDX-License-Identifier: GPL-2.0
// mutant: hz-never-put
// file: mm/huge_memory.c
// mistake: A process that ends keeps its reference to the huge zero page.
// caught-by: HZ-REFCOUNT
// kind: slip
// boot: own

@@ @@
 mm_put_huge_zero_folio(...)
 {
 <...
 if (
- mm_flags_test(MMF_HUGE_ZERO_FOLIO, mm)
+ mm_flags_test(MMF_HUGE_ZERO_FOLIO, mm) && !MUTANT(hz_never_put)
  ) put_huge_zero_folio();
 ...>
 }
