# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For tests that run scripts: what a command said, and a small project whose cases misbehave. Sourced after tests/lib.sh.
#
# shellcheck disable=SC2034

make_tmp()
{
	TMP=$(mktemp -d "/tmp/uffd-wp-test.XXXXXX") || exit 2
	trap 'rm -rf "$TMP"' EXIT
}

# run COMMAND...: sets STATUS, OUT and ERR.
run()
{
	"$@" >"$TMP/out" 2>"$TMP/err" </dev/null
	STATUS=$?
	OUT=$(<"$TMP/out")
	ERR=$(<"$TMP/err")
}

# expect CLAIM EXIT REGEX TEXT: the last run's exit status, and a line of TEXT that matches.
expect()
{
	if [[ $STATUS == "$2" ]] && grep -qE -- "$3" <<<"$4"; then
		pass "$1"
		return
	fi
	printf '%s\n' "exit $STATUS, wanted $2, and a line like /$3/ in:" "$4" "standard error:" "$ERR" >"$TMP/seen"
	fail "$1" "$TMP/seen"
}

# make_project FOLDER: this one's run.sh, lab, expectations and programs; its cases are the fake one by its many names.
make_project()
{
	local name

	mkdir -p "$1"/{cases,build}
	cp -r run.sh lab expected "$1/"
	cp build/{init,runner,report,probe,facts} "$1/build/" || exit 2
	printf 'all:\n\t@:\n' >"$1/Makefile"
	gcc -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -o "$1/fake" tests/lab/fake.c || exit 2
	for name in broods detaches fails hangs leaves panics passes skips stops strays; do
		cp "$1/fake" "$1/cases/$name"
		: >"$1/cases/$name.c"
		"$1/cases/$name" --list | sed "s/^/$name\t/"
	done >"$1/build/tests.tsv"
}
