// SPDX-License-Identifier: GPL-2.0
// mutant: scan-thp-always-written
// file: fs/proc/task_mmu.c
// mistake: The scan reports a protected THP under migration as written.
// caught-by: PM-WRITTEN PM-AGREE LC-MIGRATE
// kind: slip: the test inverted for PMDs that aren't present

@@ @@
 pagemap_thp_category(...)
 {
 <...
- !pmd_swp_uffd(pmd)
+ (!pmd_swp_uffd(pmd) || MUTANT(scan_thp_always_written))
 ...>
 }
