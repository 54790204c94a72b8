// SPDX-License-Identifier: GPL-2.0
// mutant: scan-loses-dirty
// file: fs/proc/task_mmu.c
// mistake: Arming by a scan loses a page's dirty and young bits.
// caught-by: SC-WP-MATCHING
// kind: past cf54364fb81f

@@ @@
 make_uffd_wp_pte(...)
 {
 <...
- old_pte = ptep_modify_prot_start(vma, addr, pte);
+ old_pte = ptep_modify_prot_start(vma, addr, pte);
+ if (MUTANT(scan_loses_dirty))
+ 	old_pte = pte_mkclean(pte_mkold(old_pte));
 ...>
 }
