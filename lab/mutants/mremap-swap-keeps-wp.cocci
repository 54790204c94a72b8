// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-swap-keeps-wp
// file: mm/mremap.c
// mistake: mremap without the remap event leaves the bit on swapped pages.
// caught-by: LC-MREMAP PM-BIT57
// kind: past 0cef0bb836e3

@@ @@
 move_ptes(...)
 {
 <...
- pte = pte_swp_clear_uffd(pte);
+ pte = MUTANT(mremap_swap_keeps_wp) ? pte : pte_swp_clear_uffd(pte);
 ...>
 }
