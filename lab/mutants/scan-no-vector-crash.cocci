// SPDX-License-Identifier: GPL-2.0
// mutant: scan-no-vector-crash
// file: fs/proc/task_mmu.c
// mistake: Arming a part of a huge PMD without a vector follows a null pointer.
// caught-by: SC-WP-NO-VEC AC-LOG
// kind: past CVE-2025 'check p->vec_buf for NULL', 6.12.50
// boot: own

@@ expression E; @@
 pagemap_scan_backout_range(...)
 {
 <...
- if (E)
+ if ((E) && !MUTANT(scan_no_vector_crash))
 	return;
 ...>
 }
