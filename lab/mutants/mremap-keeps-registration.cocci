// SPDX-License-Identifier: GPL-2.0
// mutant: mremap-keeps-registration
// file: mm/userfaultfd.c
// mistake: mremap without the remap event leaves the moved mapping registered.
// caught-by: LC-MREMAP
// kind: slip

@@ @@
 mremap_userfaultfd_prep(...)
 {
 <...
- userfaultfd_reset_ctx(vma);
+ if (!MUTANT(mremap_keeps_registration))
+ 	userfaultfd_reset_ctx(vma);
 ...>
 }
