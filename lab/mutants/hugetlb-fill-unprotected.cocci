// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-fill-unprotected
// file: mm/hugetlb.c
// mistake: UFFDIO_COPY and UFFDIO_CONTINUE with the WP flag map hugetlb pages unprotected.
// caught-by: FI-COPY-WP FI-CONTINUE-WP
// kind: slip

@@ @@
 hugetlb_mfill_atomic_pte(...)
 {
 <...
 if (
- wp_enabled
+ wp_enabled && !MUTANT(hugetlb_fill_unprotected)
 ) _dst_pte = huge_pte_mkuffd(_dst_pte);
 ...>
 }
