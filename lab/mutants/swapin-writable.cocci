// SPDX-License-Identifier: GPL-2.0
// mutant: swapin-writable
// file: mm/memory.c
// mistake: A protected page comes back from swap with the bit and writable.
// caught-by: LC-SWAP WP-NEVER-WRITABLE
// kind: past 5.8.8 'fixup setting UFFD_WP flag'

@@ @@
 do_swap_page(...)
 {
 <...
- !userfaultfd_pte_wp(vma, pte)
+ (!userfaultfd_pte_wp(vma, pte) || MUTANT(swapin_writable))
 ...>
 }
