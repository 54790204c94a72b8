// SPDX-License-Identifier: GPL-2.0
/* The diagnostic lines of a case. */
#include <string.h>

#include "reader.h"

#define SAID_LINES 40		/* of what a test says outside of violations; more tells nobody anything */
#define COVERS_MAX 10000		/* of one case; each of its tests looks through them */
#define ID_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
#define CLASS_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const struct requirement *find_or_die(const struct reader *rd, const char *id)
{
	const struct requirement *found = expected_find(rd->expected, id);

	if (!found)
		die_at(STREAM, rd->line, "unknown requirement '%s': add its row to requirements.tsv and rebuild", id);
	return found;
}

/* "fixture.test ID ID" */
static void take_covers(struct reader *rd, const struct ktap_line *line, const char *text)
{
	struct test_case *in = reader_case(rd, line->nested);
	struct cover *cover = new_bytes(sizeof(*cover));
	char *rest = copy_of(text), *word;

	cover->test = strsep(&rest, " ");
	while ((word = strsep(&rest, " "))) {
		if (!*word)
			continue;
		cover->requirements = grow(cover->requirements, cover->count, sizeof(*cover->requirements));
		cover->requirements[cover->count++] = find_or_die(rd, word);
	}
	if (!cover->count)
		die_at(STREAM, rd->line, "%s covers nothing: begin its body with COVERS(ID)", cover->test);
	if (in->cover_count == COVERS_MAX)
		die_at(STREAM, rd->line, "more tests than any case has: no run looks like this, make it again");
	in->covers = grow(in->covers, in->cover_count, sizeof(*in->covers));
	in->covers[in->cover_count++] = cover;
}

/* "#  RUN           fixture.variant.test ..." */
static bool take_run(struct reader *rd, const struct ktap_line *line)
{
	const char *text = line->text + 1, *name, *dots;

	name = after(text + length_of(text, " "), "RUN ");
	dots = name ? strstr(name, " ...") : NULL;
	if (!dots)
		return false;
	name += length_of(name, " ");
	rd->running = test_add(reader_case(rd, line->nested), copy_of_n(name, dots - name));
	return true;
}

/* Who violates outside of any test: the case's own main(). */
static struct test *running_or_main(struct reader *rd, bool nested)
{
	struct test_case *in = reader_case(rd, nested);

	if (rd->running)
		return rd->running;
	for (size_t i = 0; i < in->test_count; i++)
		if (!strcmp(in->tests[i]->name, "main"))
			return in->tests[i];
	return test_add(in, "main");
}

/* "ID (CLASS) file:line"; a line of another shape, torn by the console say, is just something said. */
static bool take_violation(struct reader *rd, const struct ktap_line *line, const char *text)
{
	size_t id_len = length_of(text, ID_BYTES), class_len;
	const char *class_text = after(text + id_len, " (");
	const struct requirement *requirement;
	enum class class;
	struct test *test;

	class_len = class_text ? length_of(class_text, CLASS_BYTES) : 0;
	if (!id_len || !class_len || class_text[class_len] != ')')
		return false;
	requirement = find_or_die(rd, copy_of_n(text, id_len));
	class_text = copy_of_n(class_text, class_len);
	if (!class_find(class_text, &class))
		die_at(STREAM, rd->line, "unknown class '%s': it is LOST, EXTRA, DISAGREE, HANG, CRASH or INTERFACE",
		       class_text);
	test = running_or_main(rd, line->nested);
	rd->block = violation_new(test, requirement, class, copy_of(line->text));
	test_violates(test, rd->block);
	return true;
}

/* "#            OK  name" and its kin: the harness's own, not the test's. */
static bool is_harness_result(const char *text)
{
	const char *word = text + 1 + length_of(text + 1, " ");

	return word - text > 8 && (after(word, "OK  ") || after(word, "FAIL  "));
}

/* The harness saw the running test end in a way that no test chooses. */
static void take_ending(struct test *test, const char *text)
{
	const char *ending = strstr(text, ": Test terminated ");

	if (!ending)
		return;
	ending += 2;
	if (after(ending, "Test terminated by timeout") && !test_has_class(test, HANG))
		test_fails(test, HANG, ending);
	if (after(ending, "Test terminated unexpectedly by signal") && !test_has_class(test, CRASH))
		test_fails(test, CRASH, ending);
}

void said_take(struct reader *rd, const struct ktap_line *line)
{
	const char *text = line->text, *rest;

	if (rd->block && after(text, "#   ") && !is_harness_result(text)) {
		strings_add(&rd->block->text, copy_of(text));
		return;
	}
	rd->block = NULL;
	rest = after(text, "# covers ");
	if (rest) {
		take_covers(rd, line, rest);
		return;
	}
	rest = after(text, "# VIOLATED ");
	if ((rest && take_violation(rd, line, rest)) || take_run(rd, line))
		return;
	if (!rd->running || is_harness_result(text))
		return;
	if (rd->running->said.count < SAID_LINES)
		strings_add(&rd->running->said, copy_of(text));
	take_ending(rd->running, text);
}
