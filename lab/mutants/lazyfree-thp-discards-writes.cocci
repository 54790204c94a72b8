// SPDX-License-Identifier: GPL-2.0
// mutant: lazyfree-thp-discards-writes
// file: mm/rmap.c
// mistake: Reclaim discards a THP that was written again after MADV_FREE.
// caught-by: WP-NO-LOST-WRITE
// kind: past 6.12.111 'data loss with MADV_FREE and THP'; 7.3.2 moved it from the PMD's own way to the split one's

@@ @@
 ttu_anon_lazyfree_folio(...)
 {
 <...
- folio_test_dirty(folio)
+ folio_test_dirty(folio) && !(folio_test_large(folio) && MUTANT(lazyfree_thp_discards_writes))
 ...>
 }
