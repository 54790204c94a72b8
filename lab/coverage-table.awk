# SPDX-License-Identifier: GPL-2.0
#
# Two runs side by side, of lab/coverage-lines.awk's files: a table (markdown) a file, or, with by=3, a function. LINES gets
# each line with both counts: file, line, function, suite, selftests, branches, by the suite, by the selftests, text.
#
# usage: awk -F '\t' [-v by=3] [-v lines=LINES] -f lab/coverage-table.awk SUITE SELFTESTS

function share(n, of)
{
	return of ? sprintf("%d (%.0f %%)", n, 100 * n / of) : "-"
}
function add(key, what, n)
{
	sum[key, what] += n
	sum["**all**", what] += n
}
function row(key)
{
	printf "| %s | %d | %s | %s | %d | %d | %s | %s |\n", key, sum[key, "lines"], share(sum[key, "suite"], sum[key, "lines"]),
		share(sum[key, "peers"], sum[key, "lines"]), sum[key, "neither"], sum[key, "branches"],
		share(sum[key, "suite branches"], sum[key, "branches"]), share(sum[key, "peers branches"], sum[key, "branches"])
}
BEGIN {
	by = by ? by : 1
	what[1] = "file"
	what[3] = "function"
}
FNR == NR {
	count[$1, $2] = $4
	taken[$1, $2] = $6
	next
}
!(($1, $2) in count) {
	print "coverage-table: the runs are of different kernels: " $1 ":" $2 >"/dev/stderr"
	bad = 1
	exit 1
}
{
	key = by == 1 ? $1 : $1 " " $3
	if (!(key in seen)) {
		seen[key]
		order[++nr] = key
	}
	add(key, "lines", 1)
	add(key, "suite", count[$1, $2] > 0)
	add(key, "peers", $4 > 0)
	add(key, "neither", !(count[$1, $2] + $4))
	add(key, "branches", $5)
	add(key, "suite branches", taken[$1, $2])
	add(key, "peers branches", $6)
	if (lines)
		printf "%s\t%d\t%s\t%.0f\t%.0f\t%d\t%d\t%d\t%s\n", $1, $2, $3, count[$1, $2], $4, $5, taken[$1, $2], $6, $7 >lines
}
END {
	if (bad)
		exit 1
	print "| " what[by] " | lines | suite | selftests | neither | branches | suite | selftests |"
	print "|---|---|---|---|---|---|---|---|"
	for (i = 1; i <= nr; i++)
		row(order[i])
	row("**all**")
}
