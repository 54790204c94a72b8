// SPDX-License-Identifier: GPL-2.0
/*
 * Linked into uffd-unit-tests with --wrap=strstr: its '-f =NAME' selects the test of just that name, where '-f NAME'
 * takes all that have NAME somewhere in theirs. So each test can have its own time.
 */
#include <string.h>

char *__real_strstr(const char *text, const char *part);
char *__wrap_strstr(const char *text, const char *part);

char *__wrap_strstr(const char *text, const char *part)
{
	if (*part != '=')
		return __real_strstr(text, part);
	return strcmp(text, part + 1) ? NULL : (char *)text;
}
