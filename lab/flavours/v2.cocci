// SPDX-License-Identifier: GPL-2.0
// flavour: v2
// file: mm/memory.c mm/huge_memory.c
// sites: 2
// mistake: as posted: the first async write to a huge-zero PMD allocates a THP, whose entry gets the old one's bit

@@ @@
 wp_huge_pmd(...)
 {
 <...
- userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd)
+ (userfaultfd_huge_pmd_wp(vma, vmf->orig_pmd) &&
+  !(userfaultfd_wp_async(vma) && is_huge_zero_pmd(vmf->orig_pmd) && FLAVOUR(v2)))
 ...>
 }

// The entry must be right from the first moment: between two settings another processor could write. So the old entry
// travels to where the new one is made. Who passes an empty one (all other callers) gets what he always got.
@@ identifier folio, pmd, vma, haddr; @@
-void map_anon_folio_pmd_nopf
+static void map_anon_folio_pmd_over
 (struct folio *folio, pmd_t *pmd,
 		struct vm_area_struct *vma, unsigned long haddr
+		, pmd_t old
 )
 {
 ...
- set_pmd_at(vma->vm_mm, haddr, pmd, entry);
+ if (pmd_uffd(old) && FLAVOUR(v2))
+ 	entry = pmd_mkuffd(entry);
+ set_pmd_at(vma->vm_mm, haddr, pmd, entry);
 ...
 }

@@ @@
 map_anon_folio_pmd_over(...)
 { ... }
+
+void map_anon_folio_pmd_nopf(struct folio *folio, pmd_t *pmd,
+		struct vm_area_struct *vma, unsigned long haddr)
+{
+	map_anon_folio_pmd_over(folio, pmd, vma, haddr, __pmd(0));
+}

@@ identifier folio, pmd, vma, haddr; @@
 static void map_anon_folio_pmd_pf(struct folio *folio, pmd_t *pmd,
 		struct vm_area_struct *vma, unsigned long haddr
+		, pmd_t old
 		)
 {
 ...
- map_anon_folio_pmd_nopf(folio, pmd, vma, haddr);
+ map_anon_folio_pmd_over(folio, pmd, vma, haddr, old);
 ...
 }

@@ expression a, b, c, d; @@
 __do_huge_pmd_anonymous_page(...)
 {
 <...
 map_anon_folio_pmd_pf(a, b, c, d
+ , __pmd(0)
 )
 ...>
 }

@@ expression a, b, c, d; @@
 do_huge_zero_wp_pmd(...)
 {
 <...
 map_anon_folio_pmd_pf(a, b, c, d
+ , vmf->orig_pmd
 )
 ...>
 }
