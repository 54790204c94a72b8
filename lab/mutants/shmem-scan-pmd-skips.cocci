// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-scan-pmd-skips
// file: fs/proc/task_mmu.c
// mistake: Get-and-protect reports a huge page of a file and doesn't protect it.
// caught-by: SC-WP-MATCHING PM-BIT57
// kind: slip

@@ @@
 make_uffd_wp_pmd(...)
 {
 <...
- pmd_present(pmd)
+ (pmd_present(pmd) && (vma_is_anonymous(vma) || !MUTANT(shmem_scan_pmd_skips)))
 ...>
 }
