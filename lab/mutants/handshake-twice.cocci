// SPDX-License-Identifier: GPL-2.0
// mutant: handshake-twice
// file: mm/userfaultfd.c
// mistake: A second handshake on one descriptor succeeds and replaces the features.
// caught-by: IF-HANDSHAKE
// kind: past 5.14.6 'prevent concurrent API initialization'

@@ @@
 userfaultfd_api(...)
 {
 <...
- cmpxchg(&ctx->features, 0, ctx_features) != 0
+ (MUTANT(handshake_twice) ? xchg(&ctx->features, ctx_features) && 0 :
+  cmpxchg(&ctx->features, 0, ctx_features) != 0)
 ...>
 }
