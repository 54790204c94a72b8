// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "model.h"
#include "profile.h"
#include "table.h"

#define ALL_CLASSES ((1u << (INTERFACE + 1)) - 1)

static const char *const columns[TABLE_COLUMNS] = { "profile", "requirement", "unsafe", "what happens" };

struct reading {
	struct profiles *profiles;
	const struct expected *expected;
};

static unsigned int classes_of(const struct table *table, const char *text)
{
	char *words = copy_of(text), *word;
	unsigned int classes = 0;
	enum class class;

	if (!strcmp(text, "any"))
		return ALL_CLASSES;
	while ((word = strsep(&words, ","))) {
		if (!class_find(word, &class))
			die_at(table->path, table->line, "'%s' is no class: write any, or LOST,HANG and the like", word);
		classes |= 1u << class;
	}
	return classes;
}

static void add_lean(void *context, const struct table *table, char **field)
{
	struct reading *reading = context;
	struct profiles *profiles = reading->profiles;
	const struct requirement *requirement = expected_find(reading->expected, field[1]);

	if (!requirement)
		die_at(table->path, table->line, "no requirement %s in requirements.tsv", field[1]);
	profiles->at = grow(profiles->at, profiles->count, sizeof(*profiles->at));
	profiles->at[profiles->count++] =
		(struct lean){ field[0], requirement, classes_of(table, field[2]), field[3] };
}

bool profile_is_first(const struct profiles *profiles, size_t i)
{
	return !i || strcmp(profiles->at[i - 1].profile, profiles->at[i].profile);
}

static char *names_of(const struct profiles *profiles)
{
	char *names = copy_of("");

	for (size_t i = 0; i < profiles->count; i++)
		if (profile_is_first(profiles, i))
			names = text_of("%s%s%s", names, *names ? ", " : "", profiles->at[i].profile);
	return names;
}

void profiles_read(struct profiles *profiles, const struct expected *expected, const char *dir, const char *wanted)
{
	struct table table = { text_of("%s/profiles.tsv", dir), 0, columns };
	struct reading reading = { profiles, expected };

	table_read(&table, add_lean, &reading);
	for (size_t i = 0; wanted && i < profiles->count; i++)
		if (!strcmp(profiles->at[i].profile, wanted))
			return;
	if (wanted)
		die_at(NULL, 0, "no profile '%s': %s", wanted, names_of(profiles));
}

/* The first violation that makes @lean break, or NULL. */
static const struct violation *broken_by(const struct verdict *verdict, const struct lean *lean)
{
	for (size_t i = 0; i < verdict->violation_count; i++) {
		const struct violation *violation = verdict->violations[i];

		if (violation->requirement == lean->requirement && violation_counts(verdict, violation) &&
		    lean->classes & 1u << violation->class)
			return violation;
	}
	return NULL;
}

static enum safety lean_safety(const struct verdict *verdict, const struct lean *lean)
{
	enum state state = judged_of(verdict, lean->requirement)->state;

	if (broken_by(verdict, lean))
		return UNSAFE;
	return state == VERIFIED || state == DEVIATING || state == VIOLATED ? SAFE : UNKNOWN;
}

enum safety profile_safety(const struct verdict *verdict, const struct profiles *profiles, const char *name)
{
	enum safety worst = SAFE;

	for (size_t i = 0; i < profiles->count; i++) {
		enum safety safety = strcmp(profiles->at[i].profile, name) ? SAFE : lean_safety(verdict, &profiles->at[i]);

		if (safety > worst)
			worst = safety;
	}
	return worst;
}

const char *safety_name(enum safety safety)
{
	static const char *const names[] = { [SAFE] = "SAFE", [UNKNOWN] = "UNKNOWN", [UNSAFE] = "UNSAFE" };

	return names[safety];
}

static void print_unsafe(FILE *out, const struct verdict *verdict, const struct lean *lean)
{
	const struct violation *violation = broken_by(verdict, lean);

	fprintf(out, "  unsafe   %s (%s): %s\n", lean->requirement->id, class_name(violation->class), lean->consequence);
	fprintf(out, "    by     %s\n", violation->test ? test_full_name(violation->test) : "the guest's death");
	if (violation->row)
		fprintf(out, "    known  %s\n", violation->row->why);
}

static void print_unknown(FILE *out, const struct judged *judged)
{
	const char *why = "no test that was asked for tells";

	if (judged->state == NOT_APPLICABLE)
		why = text_of("needs %s", judged->failing);
	else if (judged->reason_count)
		why = judged->reasons[0].text;
	fprintf(out, "  unknown  %s: %s\n", judged->requirement->id, why);
}

static void print_leans(FILE *out, const struct verdict *verdict, const struct profiles *profiles, const char *name)
{
	for (size_t i = 0; i < profiles->count; i++) {
		const struct lean *lean = &profiles->at[i];
		enum safety safety = lean_safety(verdict, lean);

		if (strcmp(lean->profile, name))
			continue;
		if (safety == UNSAFE)
			print_unsafe(out, verdict, lean);
		if (safety == UNKNOWN)
			print_unknown(out, judged_of(verdict, lean->requirement));
	}
}

void print_profiles(FILE *out, const struct verdict *verdict, const struct profiles *profiles, const char *name)
{
	/* Of a part of the tests nothing can be said of all. */
	if (!name && verdict->run->selection.count)
		return;
	for (size_t i = 0; i < profiles->count; i++) {
		const char *profile = profiles->at[i].profile;

		if (!profile_is_first(profiles, i) || (name && strcmp(name, profile)))
			continue;
		fprintf(out, "profile   %s: %s\n", profile, safety_name(profile_safety(verdict, profiles, profile)));
		if (name)
			print_leans(out, verdict, profiles, profile);
	}
}
