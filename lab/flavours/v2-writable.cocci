// SPDX-License-Identifier: GPL-2.0
// flavour: v2-writable
// file: mm/memory.c mm/huge_memory.c
// sites: 2
// mistake: as v2, but the new entry is writable beside the bit: writes get lost

@@ @@
 wp_huge_pmd(...)
 {
 <...
- userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd)
+ (userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd) &&
+  !(userfaultfd_wp_async(vma) && is_huge_zero_pmd(vmf->orig_pmd) && FLAVOUR(v2_writable)))
 ...>
 }

// Applied after v2, which brings the old entry here.
@@ @@
 map_anon_folio_pmd_over(...)
 {
 <...
- set_pmd_at(vma->vm_mm, haddr, pmd, entry);
+ if (pmd_uffd(old) && FLAVOUR(v2_writable))
+ 	entry = pmd_mkwrite(pmd_mkuffd(entry), vma);
+ set_pmd_at(vma->vm_mm, haddr, pmd, entry);
 ...>
 }
