// SPDX-License-Identifier: GPL-2.0
// mutant: scan-pmd-arms-writable
// file: fs/proc/task_mmu.c
// mistake: A scan arms a THP and leaves its entry writable.
// caught-by: WP-NEVER-WRITABLE WP-NO-LOST-WRITE SC-WP-MATCHING
// kind: past 6.3 'always wr-protect pte in pte|pmd_mkuffd_wp()'

@@ @@
 make_uffd_wp_pmd(...)
 {
 <...
- pmd = pmd_mkuffd(old);
+ pmd = pmd_write(old) && MUTANT(scan_pmd_arms_writable) ? pmd_mkwrite(pmd_mkuffd(old), vma) :
+ 	pmd_mkuffd(old);
 ...>
 }
