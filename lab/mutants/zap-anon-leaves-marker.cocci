// SPDX-License-Identifier: GPL-2.0
// mutant: zap-anon-leaves-marker
// file: mm/memory.c
// mistake: A protected anonymous page that is dropped stays protected, and doesn't count as written.
// caught-by: LC-ZAP PM-WRITTEN
// kind: slip

@@ @@
 cond_install_uffd_wp_ptes(...)
 {
 <...
- vma_is_anonymous(vma)
+ (vma_is_anonymous(vma) && !MUTANT(zap_anon_leaves_marker))
 ...>
 }
