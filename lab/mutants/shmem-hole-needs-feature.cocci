// SPDX-License-Identifier: GPL-2.0
// mutant: shmem-hole-needs-feature
// file: include/linux/userfaultfd_k.h
// mistake: Unpopulated shared memory is protected only where the feature for anonymous memory was asked for.
// caught-by: WP-UNPOPULATED
// kind: past 6.4 'add UFFD_FEATURE_WP_UNPOPULATED', had it not told files apart

@@ @@
 userfaultfd_wp_use_markers(...)
 {
 <...
- if (!vma_is_anonymous(vma))
+ if (!vma_is_anonymous(vma) && !MUTANT(shmem_hole_needs_feature))
 	return true;
 ...>
 }
