// SPDX-License-Identifier: GPL-2.0
// mutant: file-fault-drops
// file: mm/memory.c
// mistake: A fault on a protected, dropped page of a file maps it unprotected.
// caught-by: WP-POPULATE-KEEPS LC-ZAP
// kind: slip

@@ @@
 set_pte_range(...)
 {
 <...
- vmf_orig_pte_uffd_wp(vmf)
+ (vmf_orig_pte_uffd_wp(vmf) && !MUTANT(file_fault_drops))
 ...>
 }
