// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-protect-migration-skips
// file: mm/huge_memory.c
// mistake: Protecting skips THPs under migration.
// caught-by: LC-MIGRATE WP-RANGE-EXACT
// kind: past 24bf08c4376b

@@ statement S; @@
 change_non_present_huge_pmd(...)
 {
 <...
 if (
- uffd_prot
+ uffd_prot && !MUTANT(pmd_protect_migration_skips)
 ) newpmd = pmd_swp_mkuffd(newpmd);
 else S
 ...>
 }
