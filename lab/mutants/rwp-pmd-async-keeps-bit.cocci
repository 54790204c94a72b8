// SPDX-License-Identifier: GPL-2.0
// mutant: rwp-pmd-async-keeps-bit
// file: mm/huge_memory.c
// mistake: An access resolves an async read-write protected PMD and leaves the bit.
// caught-by: RW-TRAPS RW-ACCESSED
// kind: slip

@@ @@
 do_huge_pmd_uffd_rwp(...)
 {
 <...
- pmd = pmd_clear_uffd(pmd);
+ if (!MUTANT(rwp_pmd_async_keeps_bit))
+ 	pmd = pmd_clear_uffd(pmd);
 ...>
 }
