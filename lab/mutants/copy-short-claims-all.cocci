// SPDX-License-Identifier: GPL-2.0
// mutant: copy-short-claims-all
// file: mm/userfaultfd.c
// mistake: UFFDIO_COPY that stopped half-way says that it did all.
// caught-by: IF-ERRORS FI-COPY-WP
// kind: slip

@@ @@
 userfaultfd_copy(...)
 {
 <...
- range.len == uffdio_copy.len ? 0 : -EAGAIN
+ range.len == uffdio_copy.len || MUTANT(copy_short_claims_all) ? 0 : -EAGAIN
 ...>
 }
