// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-sync-splits
// file: mm/memory.c
// mistake: A write to a protected PMD splits it before the event is delivered.
// caught-by: EV-ONE HZ-SYNC-EVENT EV-CONTENT-HELD
// kind: slip: treats sync as async

@@ @@
 wp_huge_pmd(...)
 {
 <...
- userfaultfd_wp_async(vmf->vma)
+ (userfaultfd_wp_async(vmf->vma) || MUTANT(pmd_sync_splits))
 ...>
 }
