# SPDX-License-Identifier: GPL-2.0
#
# What of a bug was seen: recall.tsv of lab/known-bugs.
#
# usage: awk -F '\t' -v lab=KERNEL -v fixed=KERNEL -f lab/known-bugs.awk FINDINGS ROWS
#	findings: 'test' KERNEL TEST OUTCOME KIND, or 'mutant' NAME OUTCOME REQUIREMENTS TEST
#	rows: commit, title, release, place, tests (a glob) or requirements that must notice

# A test glob as a regular expression: names hold nothing else that means something there.
function regex(glob)
{
	gsub(/\./, "\\.", glob)
	gsub(/\*/, ".*", glob)
	gsub(/\?/, ".", glob)
	return "^" glob "$"
}

# look(KERNEL, GLOB): counts the tests that ran there, in 'passed', 'known' (failed by a bug that a row knows) and 'failed'; 'first'
# is one that failed by a known bug.
function look(kernel, glob,   i)
{
	passed = known = failed = 0
	first = ""
	glob = regex(glob)
	for (i = 1; i <= tests[kernel]; i++) {
		if (name[kernel, i] !~ glob)
			continue
		if (outcome[kernel, i] == "passed")
			passed++
		else if (outcome[kernel, i] == "failed" && kind[kernel, i] == "bug") {
			known++
			first = first == "" ? name[kernel, i] : first
		} else if (outcome[kernel, i] != "skipped")
			failed++
	}
}

# silence(KERNEL, GLOB): is nothing said there?
function silence(kernel, glob)
{
	look(kernel, glob)
	return known + failed ? "loud" : passed ? "silent" : "not-run"
}

function share_words(a, b,   words, n, i)
{
	n = split(a, words, " ")
	for (i = 1; i <= n; i++)
		if (index(" " b " ", " " words[i] " "))
			return 1
	return 0
}

function on_debian(   seen, by)
{
	look($4, $5)
	seen = known ? "caught" : passed + failed ? "missed" : "not-run"
	by = known ? first (known > 1 ? " and " known - 1 " more" : "") : "-"
	print $1, $2, $3, $4, seen, by, fixed, silence(fixed, $5)
}

function on_mutant(mutant,   seen, by, quiet)
{
	seen = !(mutant in result) ? "not-run" : share_words($5, ids[mutant]) ? "caught" : "missed"
	by = seen == "caught" ? ids[mutant] " (" witness[mutant] ")" : "-"
	sub(/:main$/, ":*", witness[mutant])
	print $1, $2, $3, $4, seen, by, lab, seen == "caught" ? silence(lab, witness[mutant]) : "not-run"
}

BEGIN {
	OFS = "\t"
	print "# commit\ttitle\tfixed in\tshown on\tseen\tby\tfixed kernel\tthere"
}
NR == FNR && $1 == "test" {
	tests[$2]++
	name[$2, tests[$2]] = $3
	outcome[$2, tests[$2]] = $4
	kind[$2, tests[$2]] = $5
	next
}
NR == FNR { result[$2] = $3; ids[$2] = $4; witness[$2] = $5; next }
$4 ~ /^mutant:/ { on_mutant(substr($4, 8)); next }
{ on_debian() }
