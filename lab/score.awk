# SPDX-License-Identifier: GPL-2.0
# One mutant's line of score.tsv. First file: what the unchanged kernel violates; then what this one does.

# Words that are there once, in the order in which they come.
function once(list, word)
{
	if (index(" " list " ", " " word " "))
		return list
	return list (list == "" ? "" : " ") word
}
BEGIN {
	n = split(ids, named, " ")
	for (i = 1; i <= n; i++)
		is_named[named[i]] = 1
}
NR == FNR && FILENAME != "-" { known[$1, $3] = 1; next }
($1, $3) in known { next }
{
	if ($1 in is_named) {
		caught = once(caught, $1)
		witness = witness == "" ? $3 : witness
	} else {
		others = once(others, $1)
		other_witness = other_witness == "" ? $3 : other_witness
	}
	tests += !($3 in failed)
	failed[$3]
}
END {
	outcome = caught != "" ? "killed" : others != "" ? "misnamed" : missing > 0 ? "missing" : "survived"
	if (equivalent != "-") {
		outcome = caught others != "" ? "exposed" : "equivalent"
		mistake = mistake " Equivalent: " equivalent
	}
	witness = witness != "" ? witness : other_witness
	OFS = "\t"
	print mutant, outcome, caught == "" ? "-" : caught, others == "" ? "-" : others, seconds, tests + 0,
		witness == "" ? "-" : witness, mistake
}
