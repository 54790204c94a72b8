// SPDX-License-Identifier: GPL-2.0
// mutant: scan-migration-pmd-skips
// file: fs/proc/task_mmu.c
// mistake: A scan reports a THP under migration and doesn't arm it.
// caught-by: SC-WP-MATCHING LC-MIGRATE
// kind: slip

@@ @@
 make_uffd_wp_pmd(...)
 {
 <...
- pmd_is_migration_entry(pmd)
+ (pmd_is_migration_entry(pmd) && !MUTANT(scan_migration_pmd_skips))
 ...>
 }
