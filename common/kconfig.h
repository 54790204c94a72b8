/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kconfig - what this kernel was built with, where that can be known: /config (a guest of ours), /boot/config-RELEASE,
 * /proc/config.gz.
 */
#ifndef COMMON_KCONFIG_H
#define COMMON_KCONFIG_H

/* Is @option, "CONFIG_...", built in? "yes", "no" or "unknown". */
const char *kconfig_says(const char *option);

#endif /* COMMON_KCONFIG_H */
