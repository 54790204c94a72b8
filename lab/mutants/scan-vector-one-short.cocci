// SPDX-License-Identifier: GPL-2.0
// mutant: scan-vector-one-short
// file: fs/proc/task_mmu.c
// mistake: A vector of more than one is taken for full one region early.
// caught-by: SC-LIMITS SC-REGIONS
// kind: slip: off by one

@@ @@
 pagemap_scan_push_range(...)
 {
 <...
- p->vec_buf_index >= p->vec_buf_len - 1
+ p->vec_buf_index >= p->vec_buf_len - 1 - (p->vec_buf_len > 1 && MUTANT(scan_vector_one_short))
 ...>
 }
