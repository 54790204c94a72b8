// SPDX-License-Identifier: GPL-2.0
// mutant: pte-async-keeps-bit
// file: mm/memory.c
// mistake: An async write makes a protected page writable and leaves the bit.
// caught-by: AS-RESOLVES WP-NEVER-WRITABLE WP-NO-LOST-WRITE
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- pte = pte_clear_uffd(ptep_get(vmf->pte));
+ pte = MUTANT(pte_async_keeps_bit) ? ptep_get(vmf->pte) : pte_clear_uffd(ptep_get(vmf->pte));
 ...>
 }
