// SPDX-License-Identifier: GPL-2.0
// mutant: fork-event-drops-features
// file: mm/userfaultfd.c
// mistake: The child's descriptor after a fork event has lost the async and unpopulated features.
// caught-by: LC-FORK
// kind: slip

@@ @@
 dup_userfaultfd(...)
 {
 <...
- ctx->features = octx->features;
+ ctx->features = octx->features;
+ if (MUTANT(fork_event_drops_features))
+ 	ctx->features &= ~(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
 ...>
 }
