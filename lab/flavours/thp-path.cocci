// SPDX-License-Identifier: GPL-2.0
// flavour: thp-path
// file: mm/memory.c
// mistake: none: the first async write to a protected huge-zero PMD allocates a THP, and drops the bit

// The event, or the split, is for everything but a huge-zero PMD in async mode; that one goes to the ordinary write
// fault, which maps a THP without the bit, or splits (bit kept, and then resolved page by page) where there is none.
@@ @@
 wp_huge_pmd(...)
 {
 <...
- userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd)
+ (userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd) &&
+  !(userfaultfd_wp_async(vma) && is_huge_zero_pmd(vmf->orig_pmd) && FLAVOUR(thp_path)))
 ...>
 }
