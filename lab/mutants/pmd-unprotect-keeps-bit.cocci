// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-unprotect-keeps-bit
// file: mm/huge_memory.c
// mistake: Un-protecting a whole PMD does nothing.
// caught-by: WP-RANGE-EXACT HZ-SYNC-THP EV-CONTENT-HELD PM-BIT57
// kind: slip

@@ @@
 change_huge_pmd(...)
 {
 <...
- entry = pmd_clear_uffd(entry);
+ entry = MUTANT(pmd_unprotect_keeps_bit) ? entry : pmd_clear_uffd(entry);
 ...>
 }
