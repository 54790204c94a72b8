// SPDX-License-Identifier: GPL-2.0
// mutant: msg-address-pmd
// file: mm/userfaultfd.c
// mistake: A write to a huge PMD is reported at the PMD's address.
// caught-by: EV-ADDRESS EV-ALL-WAITERS
// kind: past 5.18.16 'properly masked address for huge-pages'

@@ @@
 handle_userfault(...)
 {
 <...
- uwq.msg = userfault_msg(vmf->address, vmf->real_address, vmf->flags, reason, ctx->features);
+ uwq.msg = userfault_msg(vmf->address, vmf->real_address, vmf->flags, reason, ctx->features);
+ if (MUTANT(msg_address_pmd) && vmf->pmd && pmd_trans_huge(*vmf->pmd))
+ 	uwq.msg.arg.pagefault.address &= HPAGE_PMD_MASK;
 ...>
 }
