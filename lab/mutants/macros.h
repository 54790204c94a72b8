/* SPDX-License-Identifier: GPL-2.0 */
// Loops that the semantic patcher can't tell from calls: only how they parse matters.
#define for_each_vma_range(iterator, vma, end) while (x)
