// SPDX-License-Identifier: GPL-2.0
// mutant: pte-zero-passes
// file: mm/memory.c
// mistake: A write to a protected zero page is not looked at for protection.
// caught-by: EV-ONE HZ-SYNC-PARTIAL AS-SPLIT-PATH WP-NEVER-WRITABLE
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- userfaultfd_pte_wp(vma, ptep_get(vmf->pte))
+ (userfaultfd_pte_wp(vma, ptep_get(vmf->pte)) &&
+  !(is_zero_pfn(pte_pfn(ptep_get(vmf->pte))) && MUTANT(pte_zero_passes)))
 ...>
 }
