// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-async-delivers
// file: mm/memory.c
// mistake: A write to a protected PMD delivers an event in async mode too.
// caught-by: AS-NO-EVENT AS-RESOLVES
// kind: slip

@@ @@
 wp_huge_pmd(...)
 {
 <...
- userfaultfd_wp_async(vmf->vma)
+ (userfaultfd_wp_async(vmf->vma) && !MUTANT(pmd_async_delivers))
 ...>
 }
