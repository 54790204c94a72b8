// SPDX-License-Identifier: GPL-2.0
// mutant: async-without-unpopulated
// file: mm/userfaultfd.c
// mistake: The async feature doesn't bring the one for unpopulated pages along.
// caught-by: WP-UNPOPULATED PM-WPALLOWED
// kind: slip

@@ @@
 userfaultfd_api(...)
 {
 <...
 if (
- features & UFFD_FEATURE_WP_ASYNC
+ (features & UFFD_FEATURE_WP_ASYNC) && !MUTANT(async_without_unpopulated)
 ) { ... }
 ...>
 }
