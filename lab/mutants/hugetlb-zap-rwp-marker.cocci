// SPDX-License-Identifier: GPL-2.0
// mutant: hugetlb-zap-rwp-marker
// file: mm/hugetlb.c
// mistake: Dropping a read-write protected hugetlb page leaves a marker.
// caught-by: RW-UNPOPULATED
// kind: past 7.3.4 'don't leave a uffd-wp marker when zapping an RWP entry'

@@ expression E, F; @@
 __unmap_hugepage_range(...)
 {
 <...
 if (
- userfaultfd_wp(vma)
+ (userfaultfd_wp(vma) || (MUTANT(hugetlb_zap_rwp_marker) && userfaultfd_rwp(vma)))
  && E && F) { ... }
 ...>
 }
