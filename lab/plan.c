// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

#define PLAN_DEADLINE 300

/* Adds to an array that ends with NULL; the text belongs to plan->text. */
static int push(char ***list, size_t *nr, char *text)
{
	char **grown = realloc(*list, (*nr + 2) * sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	grown[(*nr)++] = text;
	grown[*nr] = NULL;
	*list = grown;
	return 0;
}

static int add_case(struct plan *plan, char *line)
{
	struct plan_case *grown, *c;
	size_t nr_args = 0;
	char *word, *rest;
	int err;

	grown = realloc(plan->cases, (plan->nr_cases + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	plan->cases = grown;
	c = &grown[plan->nr_cases++];
	memset(c, 0, sizeof(*c));
	c->alone = plan->next_alone;
	plan->next_alone = 0;
	c->set = plan->next_set;
	plan->next_set = NULL;
	c->enough = plan->next_enough;
	plan->next_enough = NULL;
	c->again = plan->next_again;
	plan->next_again = 0;
	for (word = strtok_r(line, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
		err = push(&c->argv, &nr_args, word);
		if (err)
			return err;
	}
	c->name = strrchr(c->argv[0], '/');
	c->name = c->name ? c->name + 1 : c->argv[0];
	return 0;
}

static int add_line(struct plan *plan, char *line)
{
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return 0;
	if (*line != '@')
		return add_case(plan, line);
	if (!strncmp(line, "@note ", 6))
		return push(&plan->notes, &plan->nr_notes, line + 6);
	if (!strncmp(line, "@set ", 5)) {
		plan->next_set = line + 5;
		return 0;
	}
	if (!strncmp(line, "@enough ", 8)) {
		plan->next_enough = line + 8;
		return 0;
	}
	if (!strcmp(line, "@again")) {
		plan->next_again = 1;
		return 0;
	}
	if (sscanf(line, "@deadline %u", &plan->deadline) == 1 || sscanf(line, "@jobs %u", &plan->jobs) == 1)
		return 0;
	if (!strcmp(line, "@alone")) {
		plan->next_alone = 1;
		return 0;
	}
	return -EINVAL;
}

static int read_text(char **text, const char *file)
{
	FILE *in = fopen(file, "re");
	size_t room = 0;
	ssize_t len;

	if (!in)
		return -errno;
	*text = NULL;
	len = getdelim(text, &room, '\0', in);
	fclose(in);
	if (len >= 0)
		return 0;
	free(*text);
	*text = strdup("");
	return *text ? 0 : -ENOMEM;
}

int plan_read(struct plan *plan, const char *file)
{
	char *line, *rest;
	int err;

	memset(plan, 0, sizeof(*plan));
	plan->deadline = PLAN_DEADLINE;
	err = read_text(&plan->text, file);
	if (err)
		return err;
	for (line = strtok_r(plan->text, "\n", &rest); line && !err; line = strtok_r(NULL, "\n", &rest))
		err = add_line(plan, line);
	if (err)
		plan_free(plan);
	return err;
}

void plan_free(struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_cases; i++)
		free(plan->cases[i].argv);
	free(plan->cases);
	free(plan->notes);
	free(plan->text);
	memset(plan, 0, sizeof(*plan));
}
