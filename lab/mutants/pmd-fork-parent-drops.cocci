// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-fork-parent-drops
// file: mm/huge_memory.c
// mistake: fork takes the protection off the parent's PMDs.
// caught-by: LC-FORK WP-PERSISTS
// kind: slip

@@ @@
 copy_huge_pmd(...)
 {
 <...
- pmdp_set_wrprotect(src_mm, addr, src_pmd);
+ pmdp_set_wrprotect(src_mm, addr, src_pmd);
+ if (MUTANT(pmd_fork_parent_drops))
+ 	set_pmd_at(src_mm, addr, src_pmd, pmd_clear_uffd(*src_pmd));
 ...>
 }
