// SPDX-License-Identifier: GPL-2.0
// mutant: swapout-drops-wp
// file: mm/rmap.c
// mistake: A protected page that is swapped out loses the bit.
// caught-by: LC-SWAP WP-PERSISTS
// kind: past 5.8.8 'fixup setting UFFD_WP flag'

@@ @@
(
- pte_uffd(old_pte)
+ (pte_uffd(old_pte) && !MUTANT(swapout_drops_wp))
)
