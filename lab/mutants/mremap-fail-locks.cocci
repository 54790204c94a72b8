// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-fail-locks
// file: mm/userfaultfd.c
// mistake: After an mremap that failed every operation on the descriptor is to be tried again, for ever.
// caught-by: LC-MREMAP IF-ERRORS
// equivalent: only a context that is noted can be locked, and it is noted (mremap_userfaultfd_prep) once the pages have moved and nothing can fail any more; a move of several mappings, one of them registered, is refused before
// kind: past 7.1.3 'mremap_userfaultfd_fail() releases mmap_changing'

@@ @@
 mremap_userfaultfd_fail(...)
 {
 <...
- atomic_dec(&ctx->mmap_changing);
+ if (!MUTANT(mremap_fail_locks))
+ 	atomic_dec(&ctx->mmap_changing);
 ...>
 }
