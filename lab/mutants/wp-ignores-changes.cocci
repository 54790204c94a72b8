// SPDX-License-Identifier: GPL-2.0
// mutant: wp-ignores-changes
// file: mm/userfaultfd.c
// sites: 2
// mistake: UFFDIO_WRITEPROTECT goes on while an unread event says that the mappings change.
// caught-by: IF-ERRORS LC-MREMAP
// kind: slip

@@ @@
 userfaultfd_writeprotect(...)
 {
 <...
- atomic_read(&ctx->mmap_changing)
+ atomic_read(&ctx->mmap_changing) && !MUTANT(wp_ignores_changes)
 ...>
 }

@@ @@
 mwriteprotect_range(...)
 {
 <...
- atomic_read(&ctx->mmap_changing)
+ atomic_read(&ctx->mmap_changing) && !MUTANT(wp_ignores_changes)
 ...>
 }
