// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-rwp-async-keeps
// file: mm/hugetlb.c
// mistake: An async access to a read-write protected hugetlb page opens it and keeps the bit.
// caught-by: RW-TRAPS RW-ACCESSED
// kind: slip

@@ @@
 hugetlb_fault(...)
 {
 <...
- pte = huge_pte_clear_uffd(pte);
+ pte = MUTANT(hugetlb_rwp_async_keeps) ? pte : huge_pte_clear_uffd(pte);
 ...>
 }
