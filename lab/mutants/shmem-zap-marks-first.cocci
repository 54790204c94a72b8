// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-zap-marks-first
// file: mm/memory.c
// mistake: Of a file's large folio that is dropped page table entry by entry only the first page stays protected.
// caught-by: LC-ZAP WP-PERSISTS
// kind: slip

@@ expression N; @@
 cond_install_uffd_wp_ptes(...)
 {
 <...
- if (--N == 0)
+ if (--N == 0 || MUTANT(shmem_zap_marks_first))
 	break;
 ...>
 }
