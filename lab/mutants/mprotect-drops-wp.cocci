// SPDX-License-Identifier: GPL-2.0
// mutant: mprotect-drops-wp
// file: mm/mprotect.c
// mistake: mprotect clears the bit on the base pages from which it takes rights.
// caught-by: LC-MPROTECT
// kind: slip

@@ @@
 change_present_ptes(...)
 {
 <...
- ptent = pte_modify(oldpte, newprot);
+ ptent = pte_modify(!cp_flags && MUTANT(mprotect_drops_wp) ? pte_clear_uffd(oldpte) : oldpte, newprot);
 ...>
 }
