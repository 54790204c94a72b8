// SPDX-License-Identifier: GPL-2.0
// mutant: copy-not-over-marker
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY onto a protected unpopulated page fails.
// caught-by: WP-POPULATE-KEEPS FI-COPY-WP
// kind: slip

@@ @@
 mfill_atomic_install_pte(...)
 {
 <...
- !pte_is_uffd_marker(dst_ptep)
+ (!pte_is_uffd_marker(dst_ptep) || MUTANT(copy_not_over_marker))
 ...>
 }
