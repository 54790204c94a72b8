// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-mprotect-drops-wp
// file: mm/huge_memory.c
// mistake: mprotect of a whole protected PMD clears the bit when it takes rights away.
// caught-by: LC-MPROTECT
// kind: slip

@@ @@
 change_huge_pmd(...)
 {
 <...
- entry = pmd_modify(oldpmd, newprot);
+ entry = pmd_modify(!cp_flags && MUTANT(pmd_mprotect_drops_wp) ? pmd_clear_uffd(oldpmd) : oldpmd, newprot);
 ...>
 }
