// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-unprotect-migration-skips
// file: mm/huge_memory.c
// mistake: Un-protecting skips THPs under migration.
// caught-by: LC-MIGRATE WP-RANGE-EXACT
// kind: past 24bf08c4376b

@@ @@
 change_non_present_huge_pmd(...)
 {
 <...
- newpmd = pmd_swp_clear_uffd(newpmd);
+ newpmd = MUTANT(pmd_unprotect_migration_skips) ? newpmd : pmd_swp_clear_uffd(newpmd);
 ...>
 }
