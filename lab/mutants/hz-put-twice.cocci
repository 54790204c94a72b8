// SPDX-License-Identifier: GPL-2.0
// mutant: hz-put-twice
// file: mm/huge_memory.c
// mistake: A zap of a huge-zero PMD gives back a reference that belongs to the process.
// caught-by: HZ-REFCOUNT AC-LOG HZ-SHARED-INTACT
// kind: slip
// boot: own

@@ @@
 zap_huge_pmd(...)
 {
 <...
- is_present = pmd_present(orig_pmd);
+ is_present = pmd_present(orig_pmd);
+ if (is_present && is_huge_zero_pmd(orig_pmd) && MUTANT(hz_put_twice))
+ 	put_huge_zero_folio();
 ...>
 }
