# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Which tests there are, which of them are asked for, and the plan that is made of it. Sourced after common.sh.

# list_tests: 'case<TAB>test<TAB>ids', as the build asked the binaries themselves.
list_tests()
{
	cat build/tests.tsv || die "build/tests.tsv: not built"
}

# matches CASE TEST GLOB: a glob without a colon is a case's.
matches()
{
	# The right sides are patterns.
	# shellcheck disable=SC2053
	if [[ $3 == *:* ]]; then
		[[ $1 == ${3%%:*} && $2 == ${3#*:} ]]
	else
		[[ $1 == $3 ]]
	fi
}

# select_tests GLOB...: of list_tests' lines on standard input those that match any; a glob that matches none is an error.
select_tests()
{
	local -A hit=()
	local name test ids glob found

	while IFS=$'\t' read -r name test ids; do
		found=
		for glob in "$@"; do
			matches "$name" "$test" "$glob" && hit[$glob]=yes found=yes
		done
		[[ $found || $# -eq 0 ]] && printf '%s\t%s\t%s\n' "$name" "$test" "$ids"
	done
	for glob in "$@"; do
		[[ ${hit[$glob]-} ]] || die "'$glob' matches no test: ./run.sh -l lists them$(suggest_glob "$glob" "$WORK/all")"
	done
}

# Counts references to the huge zero folio, which any other process may hold.
RUNS_ALONE=zeropage

# One line a case: its binary alone when all its tests are wanted, else with each test's name. Those with most tests come
# first: of two at a time neither is left with a long one at the end.
whole_cases()
{
	awk -F '\t' '
		NR == FNR { all[$1]++; next }
		!($1 in wanted) { order[++n] = $1 }
		{ wanted[$1]++; names[$1] = names[$1] " -r " $2 }
		END { for (i = 1; i <= n; i++) print wanted[order[i]] "\tcases/" order[i] \
			(wanted[order[i]] < all[order[i]] ? names[order[i]] : "") }
	' "$1" "$2" | sort -s -n -r -k 1,1 | cut -f 2-
}

# single_tests SELECTED SEED: a line a test, in an order that the seed alone decides.
single_tests()
{
	awk -F '\t' '{ print "cases/" $1 " -r " $2 }' "$1" |
		shuf --random-source=<(yes "$2" | head -c 1000000)
}

# make_plan ALL SELECTED DEADLINE REPEAT SEED GLOB...
make_plan()
{
	local all=$1 selected=$2 deadline=$3 repeat=$4 seed=$5 i

	shift 5
	echo "@deadline $deadline"
	# A part of all is a selection: what other parts cover isn't missing here. lab/merge.awk takes it away again.
	(($# == 0)) && [[ ! ${SHARD-} ]] || echo "@note selection ${*:-*}"
	[[ ! ${SHARD-} ]] || echo "@note shard $SHARD"
	[[ ! $seed ]] || echo "@note shuffle $seed"
	for ((i = 0; i < repeat; i++)); do
		if [[ $seed ]]; then
			single_tests "$selected" "$seed$i"
		else
			whole_cases "$all" "$selected"
		fi
	done | sed "s#^cases/$RUNS_ALONE\>#@alone\n&#"
}
