// SPDX-License-Identifier: GPL-2.0
// mutant: zap-file-drops
// file: mm/memory.c
// mistake: Dropping a protected page of a file drops its protection.
// caught-by: LC-ZAP WP-PERSISTS
// kind: slip

@@ @@
 cond_install_uffd_wp_ptes(...)
 {
 <...
- vma_is_anonymous(vma)
+ (vma_is_anonymous(vma) || MUTANT(zap_file_drops))
 ...>
 }
