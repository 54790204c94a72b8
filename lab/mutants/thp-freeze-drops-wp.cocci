// SPDX-License-Identifier: GPL-2.0
// mutant: thp-freeze-drops-wp
// file: mm/huge_memory.c
// sites: 2
// mistake: Splitting a protected THP's folio, which goes through migration entries, loses the protection.
// caught-by: LC-SPLIT
// kind: slip

@@ @@
 __split_huge_pmd_locked(...)
 {
 <...
 entry = swp_entry_to_pte(swp_entry);
 if (soft_dirty)
 	entry = pte_swp_mksoft_dirty(entry);
 if (
- uffd_wp
+ uffd_wp && !(freeze && MUTANT(thp_freeze_drops_wp))
 )
 	entry = pte_swp_mkuffd(entry);
 ...>
 }
