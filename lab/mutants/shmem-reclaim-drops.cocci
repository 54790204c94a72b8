// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-reclaim-drops
// file: mm/rmap.c
// mistake: A protected page of a file that reclaim or a collapse unmaps comes back unprotected.
// caught-by: WP-PERSISTS LC-COLLAPSE
// kind: past 5.19 'persist uffd-wp bit across zapping for file-backed'

@@ expression list E; @@
- cond_install_uffd_wp_ptes(E);
+ if (!MUTANT(shmem_reclaim_drops))
+ 	cond_install_uffd_wp_ptes(E);
