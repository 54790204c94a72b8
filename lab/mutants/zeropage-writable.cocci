// SPDX-License-Identifier: GPL-2.0
// mutant: zeropage-writable
// file: mm/userfaultfd.c
// mistake: UFFDIO_ZEROPAGE maps the one zero page of the machine writable.
// caught-by: FI-ZERO HZ-SHARED-INTACT
// kind: slip
// boot: own

@@ @@
 mfill_atomic_pte_zeropage(...)
 {
 ...
+ if (MUTANT(zeropage_writable))
+ 	_dst_pte = pte_mkwrite(_dst_pte, dst_vma);
 ret = -EAGAIN;
 ...
 }
