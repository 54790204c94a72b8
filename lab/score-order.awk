# SPDX-License-Identifier: GPL-2.0
#
# In which order a mutant's cases are run: 'MUTANT CASE' lines, for each mutant the case that noticed it last time, then
# those that have tests of a requirement it names, the cheapest such test first, then the rest, the cheapest first.
#
# usage: awk -F '\t' -f lab/score-order.awk kind=killers FILE kind=tests FILE kind=costs FILE kind=mutants FILE | sort
#	killers: mutant, case		tests: case, test, requirements (separated by blanks)
#	costs: case, seconds		mutants: mutant, requirements
# Sorted, the lines are in order; the first two columns, mutant and key, are only for that.

function key(mutant, name,   i, n, hits)
{
	if ((mutant, name) in killed)
		return 0
	for (i = 1; i <= nr_ids; i++)
		hits += covered[name, ids[i]]
	return hits ? 1 + cost[name] / hits : 1000 + cost[name]
}
kind == "killers" { killed[$1, $2] = 1; next }
kind == "tests" {
	names[$1]
	n = split($3, words, " ")
	for (i = 1; i <= n; i++)
		covered[$1, words[i]]++
	next
}
kind == "costs" { cost[$1] = $2; next }
{
	nr_ids = split($2, ids, " ")
	for (name in names)
		printf "%s\t%010.3f\t%s\n", $1, key($1, name), name
}
