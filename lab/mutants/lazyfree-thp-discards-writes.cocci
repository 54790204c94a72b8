// SPDX-License-Identifier: GPL-2.0
// mutant: lazyfree-thp-discards-writes
// file: mm/huge_memory.c
// sites: 4
// mistake: Reclaim discards a THP that was written again after MADV_FREE.
// caught-by: WP-NO-LOST-WRITE
// kind: past 6.12.111 'data loss with MADV_FREE and THP'

@@ @@
 __discard_anon_folio_pmd_locked(...)
 {
 <...
(
- pmd_dirty(orig_pmd)
+ (pmd_dirty(orig_pmd) && !MUTANT(lazyfree_thp_discards_writes))
|
- folio_test_dirty(folio)
+ (folio_test_dirty(folio) && !MUTANT(lazyfree_thp_discards_writes))
)
 ...>
 }
