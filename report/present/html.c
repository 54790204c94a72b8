// SPDX-License-Identifier: GPL-2.0
/* One page that needs nothing else: no network, no script to be read, and only one to filter. */
#include <libxml/HTMLtree.h>
#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "page.h"

xmlNode *element(xmlNode *parent, const char *name, const char *class, const char *text)
{
	xmlNode *node = xmlNewTextChild(parent, NULL, BAD_CAST name, text ? BAD_CAST text : NULL);

	if (class)
		attribute(node, "class", class);
	return node;
}

void attribute(xmlNode *node, const char *name, const char *value)
{
	xmlSetProp(node, BAD_CAST name, BAD_CAST value);
}

/* As an id: no blanks, the same for the same names. */
static char *link_id(const char *kind, size_t kernel, const char *name)
{
	char *id = text_of("%s-%zu-%s", kind, kernel, name), *c;

	for (c = id; *c; c++)
		if (!length_of((char[]){ *c, '\0' }, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"))
			*c = '_';
	return id;
}

xmlNode *link_to(xmlNode *parent, const char *kind, size_t kernel, const char *name, const char *text)
{
	xmlNode *node = element(parent, "a", NULL, text);

	attribute(node, "href", text_of("#%s", link_id(kind, kernel, name)));
	return node;
}

void make_target(xmlNode *node, const char *kind, size_t kernel, const char *name)
{
	attribute(node, "id", link_id(kind, kernel, name));
}

static void meta(xmlNode *head, const char *name, const char *value, const char *content)
{
	xmlNode *node = element(head, "meta", NULL, NULL);

	attribute(node, name, value);
	if (content)
		attribute(node, "content", content);
}

static void add_head(xmlNode *html)
{
	xmlNode *head = element(html, "head", NULL, NULL);

	meta(head, "charset", "utf-8", NULL);
	meta(head, "http-equiv", "Content-Security-Policy",
	     "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
	meta(head, "name", "viewport", "width=device-width, initial-scale=1");
	meta(head, "name", "color-scheme", "light dark");
	element(head, "title", NULL, "uffd-wp-conform");
	element(head, "style", NULL, page_css);
}

static void add_facts(xmlNode *parent, const json_t *verdict)
{
	xmlNode *details = element(parent, "details", NULL, NULL), *list;
	const json_t *value;
	const char *name;

	element(details, "summary", NULL, "facts");
	list = element(details, "ul", "facts", NULL);
	json_object_foreach((json_t *)json_object_get(verdict, "facts"), name, value)
		element(list, "li", NULL, text_of("%s=%s", name, json_string_value(value) ?: ""));
}

static void add_lines(xmlNode *parent, const char *what, const json_t *array, const char *field)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(array, i, entry)
		element(parent, "p", "trouble", text_of("%s: %s", what, field ? text_in(entry, field) : json_string_value(entry)));
}

static void add_verdict(xmlNode *parent, const json_t *verdict)
{
	const char *answer = text_in(verdict, "verdict");
	const char *class = !strcmp(answer, "CONFORMS") ? "good" : !strcmp(answer, "INCOMPLETE") ? "open" : "bad";
	xmlNode *box = element(parent, "div", text_of("verdict %s", class), NULL);

	element(box, "h3", NULL, text_in(verdict, "asked"));
	element(box, "p", "answer", answer);
	element(box, "p", NULL, text_of("%s, %s", text_in(verdict, "kernel"), text_in(verdict, "arch")));
	element(box, "p", NULL, verdict_counts(verdict));
	add_lines(box, "incomplete", json_object_get(verdict, "troubles"), NULL);
	add_lines(box, "stale row", json_object_get(verdict, "stale"), "glob");
	add_facts(box, verdict);
}

static void add_filter(xmlNode *parent)
{
	static const char *const outcomes[] = { "passed", "failed", "skipped", "no_result" };
	xmlNode *form = element(parent, "form", NULL, NULL), *label, *input;
	size_t i;

	attribute(form, "id", "filter");
	label = element(form, "label", NULL, "tests with ");
	input = element(label, "input", NULL, NULL);
	attribute(input, "type", "search");
	attribute(input, "placeholder", "kernel, test, requirement");
	for (i = 0; i < ARRAY_SIZE(outcomes); i++) {
		label = element(form, "label", NULL, NULL);
		input = element(label, "input", NULL, NULL);
		attribute(input, "type", "checkbox");
		attribute(input, "name", outcomes[i]);
		attribute(input, "checked", "checked");
		xmlNodeAddContent(label, BAD_CAST outcomes[i]);
	}
	attribute(element(form, "output", NULL, ""), "aria-live", "polite");
}

static void add_body(xmlNode *html, const struct verdicts *verdicts)
{
	xmlNode *body = element(html, "body", NULL, NULL), *part;
	size_t i;

	element(element(body, "header", NULL, NULL), "h1", NULL, "uffd-wp-conform");
	part = element(body, "main", NULL, NULL);
	for (i = 0; i < verdicts->count; i++)
		add_verdict(part, verdicts->at[i]);
	element(part, "h2", NULL, "What must hold");
	add_matrix(part, verdicts);
	add_violations(part, verdicts);
	element(part, "h2", NULL, "Tests");
	add_filter(part);
	add_tests(part, verdicts);
	element(body, "script", NULL, page_js);
}

void write_html(FILE *out, const struct verdicts *verdicts)
{
	htmlDocPtr doc = htmlNewDocNoDtD(NULL, NULL);
	xmlNode *html = xmlNewNode(NULL, BAD_CAST "html");
	xmlChar *text;
	int len;

	xmlCreateIntSubset(doc, BAD_CAST "html", NULL, NULL);
	xmlDocSetRootElement(doc, html);
	attribute(html, "lang", "en");
	add_head(html);
	add_body(html, verdicts);
	htmlDocDumpMemoryFormat(doc, &text, &len, 0);
	if (text)
		fwrite(text, 1, len, out);
	fputc('\n', out);
	xmlFree(text);
	xmlFreeDoc(doc);
}
