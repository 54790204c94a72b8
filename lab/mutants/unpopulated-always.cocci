// SPDX-License-Identifier: GPL-2.0
// mutant: unpopulated-always
// file: mm/userfaultfd.c
// mistake: Unpopulated anonymous memory is protected though the feature wasn't asked for.
// caught-by: WP-UNPOPULATED
// kind: slip

@@ @@
 userfaultfd_wp_unpopulated(...)
 {
 <...
 return
- userfaultfd_features(ctx) & UFFD_FEATURE_WP_UNPOPULATED
+ (userfaultfd_features(ctx) & UFFD_FEATURE_WP_UNPOPULATED) || MUTANT(unpopulated_always)
 ;
 ...>
 }
