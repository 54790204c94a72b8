// SPDX-License-Identifier: GPL-2.0
// mutant: copy-wp-writable
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY with the WP flag maps the page with the bit and writable.
// caught-by: FI-COPY-WP WP-NEVER-WRITABLE
// kind: past 6.3 'always wr-protect pte in pte|pmd_mkuffd_wp()'

@@ @@
 mfill_atomic_install_pte(...)
 {
 <...
- _dst_pte = pte_mkuffd(_dst_pte);
+ _dst_pte = writable && MUTANT(copy_wp_writable) ? pte_mkwrite(pte_mkuffd(_dst_pte), dst_vma) :
+ 	pte_mkuffd(_dst_pte);
 ...>
 }
