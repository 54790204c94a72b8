// SPDX-License-Identifier: GPL-2.0
// mutant: migrate-out-drops
// file: mm/rmap.c
// mistake: The migration entry of a protected base page doesn't carry the bit.
// caught-by: LC-MIGRATE
// kind: past 5.8.8 'fixup setting UFFD_WP flag'

@@ @@
 try_to_migrate_one(...)
 {
 <...
- pte_uffd(pteval)
+ (pte_uffd(pteval) && !MUTANT(migrate_out_drops))
 ...>
 }
