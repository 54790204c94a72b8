// SPDX-License-Identifier: GPL-2.0
// mutant: pmd-event-missing
// file: mm/memory.c
// mistake: A write to a protected PMD is delivered as a missing page.
// caught-by: EV-ONE EV-MISSING-MIX
// kind: slip

@@ @@
 wp_huge_pmd(...)
 {
 <...
 return handle_userfault(vmf,
- VM_UFFD_WP
+ MUTANT(pmd_event_missing) ? VM_UFFD_MISSING : VM_UFFD_WP
 );
 ...>
 }
