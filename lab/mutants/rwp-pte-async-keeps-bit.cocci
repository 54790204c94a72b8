// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-pte-async-keeps-bit
// file: mm/memory.c
// mistake: An access resolves an async read-write protected page and leaves the bit.
// caught-by: RW-TRAPS RW-ACCESSED
// kind: slip

@@ @@
 do_uffd_rwp(...)
 {
 <...
- pte = pte_clear_uffd(pte);
+ if (!MUTANT(rwp_pte_async_keeps_bit))
+ 	pte = pte_clear_uffd(pte);
 ...>
 }
