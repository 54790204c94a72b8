// SPDX-License-Identifier: GPL-2.0
// mutant: copy-ignores-changes
// file: mm/userfaultfd.c
// sites: 2
// mistake: UFFDIO_COPY goes on while an unread event says that the mappings change.
// caught-by: IF-ERRORS
// kind: past 4.18 'prevent non-cooperative events vs mcopy_atomic races'

@@ @@
 userfaultfd_copy(...)
 {
 <...
- atomic_read(&ctx->mmap_changing)
+ atomic_read(&ctx->mmap_changing) && !MUTANT(copy_ignores_changes)
 ...>
 }

@@ @@
 mfill_get_vma(...)
 {
 <...
- atomic_read(&ctx->mmap_changing)
+ atomic_read(&ctx->mmap_changing) && !MUTANT(copy_ignores_changes)
 ...>
 }
