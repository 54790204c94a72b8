// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-async-keeps-bit
// file: mm/hugetlb.c
// mistake: An async write to a protected hugetlb page keeps the bit: it faults for ever.
// caught-by: WP-NO-LOST-WRITE AS-RESOLVES AS-NO-EVENT
// kind: slip

@@ @@
 hugetlb_fault(...)
 {
 <...
- vmf.orig_pte = huge_pte_clear_uffd(vmf.orig_pte);
+ vmf.orig_pte = MUTANT(hugetlb_async_keeps_bit) ? vmf.orig_pte : huge_pte_clear_uffd(vmf.orig_pte);
 ...>
 }
