// SPDX-License-Identifier: GPL-2.0
// mutant: pte-async-delivers
// file: mm/memory.c
// mistake: A write to a protected base page delivers an event in async mode too.
// caught-by: AS-NO-EVENT AS-RESOLVES
// kind: slip

@@ @@
 do_wp_page(...)
 {
 <...
- !userfaultfd_wp_async(vma)
+ (!userfaultfd_wp_async(vma) || MUTANT(pte_async_delivers))
 ...>
 }
