// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pte-arms-writable
// file: fs/proc/task_mmu.c
// mistake: A scan arms a base page and leaves its entry writable.
// caught-by: WP-NEVER-WRITABLE WP-NO-LOST-WRITE SC-WP-MATCHING
// kind: past 6.3 'always wr-protect pte in pte|pmd_mkuffd_wp()'

@@ @@
 make_uffd_wp_pte(...)
 {
 <...
- ptent = pte_mkuffd(old_pte);
+ ptent = pte_write(old_pte) && MUTANT(scan_pte_arms_writable) ? pte_mkwrite(pte_mkuffd(old_pte), vma) :
+ 	pte_mkuffd(old_pte);
 ...>
 }
