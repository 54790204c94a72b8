// SPDX-License-Identifier: GPL-2.0
#include <liburing.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../uffd/compiler.h"
#include "../uffd/scan.h"
#include "hmm.h"
#include "kconfig.h"
#include "klog.h"
#include "memcg.h"
#include "mover.h"
#include "pin.h"
#include "probe.h"
#include "ptdump.h"
#include "region.h"
#include "settings.h"

static const char *number(unsigned long value)
{
	static char text[24];

	snprintf(text, sizeof(text), "%lu", value);
	return text;
}

static const char *ask_page_size(uint64_t arg __maybe_unused)
{
	return number(page_size());
}

static const char *ask_pmd_size(uint64_t arg __maybe_unused)
{
	return number(pmd_size());
}

static const char *ask_cpus(uint64_t arg __maybe_unused)
{
	return number(sysconf(_SC_NPROCESSORS_ONLN));
}

static const char *ask_root(uint64_t arg __maybe_unused)
{
	return yes_no(!geteuid());
}

static const char *ask_uring(uint64_t arg __maybe_unused)
{
	struct io_uring ring;

	return yes_no(!io_uring_queue_init(2, &ring, 0));
}

static const char *ask_memcg(uint64_t arg __maybe_unused)
{
	char why[200];
	int version = memcg_available(why, sizeof(why));

	return version == 2 ? "v2" : version == 1 ? "v1" : "no";
}

static const char *ask_pin(uint64_t arg __maybe_unused)
{
	return pin_how_name(pin_available(NULL, 0));
}

/* A lab kernel holds several contracts, one of which was chosen. */
static const char *ask_flavour(uint64_t arg __maybe_unused)
{
	static char name[24];

	return settings_get("/sys/kernel/debug/flavour", name, sizeof(name)) || !name[0] ? NONE : name;
}

static const char *ask_hmm(uint64_t arg __maybe_unused)
{
	return yes_no(!hmm_available(NULL, 0));
}

static const char *ask_log(uint64_t arg __maybe_unused)
{
	return yes_no(klog_readable());
}

static const char *ask_dump(uint64_t arg __maybe_unused)
{
	return ptdump_which();
}

static const char *ask_zero_refcounted(uint64_t arg __maybe_unused)
{
	const char *persistent = kconfig_says("CONFIG_PERSISTENT_HUGE_ZERO_FOLIO");

	return !strcmp(persistent, "unknown") ? persistent : yes_no(!strcmp(persistent, "no"));
}

static const char *ask_page_table_check(uint64_t arg __maybe_unused)
{
	return kconfig_says("CONFIG_PAGE_TABLE_CHECK_ENFORCED");
}

static const char *ask_swap(uint64_t arg __maybe_unused)
{
	return access("/sys/class/zram-control/hot_add", R_OK) ? "no" : "zram";
}

static const char *ask_ksm(uint64_t arg __maybe_unused)
{
	return yes_no(!access("/sys/kernel/mm/ksm/run", W_OK));
}

static const char *ask_nodes(uint64_t arg __maybe_unused)
{
	return number(mover_nodes());
}

const struct probe probe_machine[] = {
	{ .name = "page.size", .ask = ask_page_size },
	{ .name = "pmd.size", .ask = ask_pmd_size },
	{ .name = "cpus", .ask = ask_cpus },
	{ .name = "root", .ask = ask_root },
	{ .name = "uring", .ask = ask_uring },
	{ .name = "memcg", .ask = ask_memcg },
	{ .name = "thp.zero_refcounted", .ask = ask_zero_refcounted },
	{ .name = "pin.ro_longterm", .ask = ask_pin },
	{ .name = "page_table.check", .ask = ask_page_table_check },
	{ .name = "swap", .ask = ask_swap },
	{ .name = "ksm", .ask = ask_ksm },
	{ .name = "numa.nodes", .ask = ask_nodes },
	{ .name = "page_tables.dump", .ask = ask_dump },
	{ .name = "kernel.log", .ask = ask_log },
	{ .name = "hmm.mirror", .ask = ask_hmm },
	{ .name = "lab.flavour", .ask = ask_flavour },
	{ 0 }
};
