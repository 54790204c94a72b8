# SPDX-License-Identifier: GPL-2.0
#
# pairs.awk - makes programs out of pairs.tsv in which every two values of different factors that can meet do.
#
# Greedy and deterministic: a row begins with the first pair still missing, and takes, factor by factor, the value that meets
# most of what is missing, of equal ones the one that was used least. First with the quick values only, then with all: PAIR(name, "program") and PAIR_FULL(...).
# With -v count=1: how many pairs there are, in how many rows they meet, and what can't be.

BEGIN { FS = "\t" }

/^#/ || !NF { next }

$1 == "triple" {
	triples[++triple_lines] = $0
	next
}

$1 == "impossible" {
	forbid($2, $3, $4)
	next
}

{
	if (!($1 in values))
		factor[++factors] = $1
	n = ++values[$1]
	name[$1, n] = $2
	part[$1, n] = $3
	full[$1, n] = $4 == "full"
}

function forbid(one, other, why,	a, b, na, nb, i, k, left, right)
{
	na = split(substr(one, index(one, "=") + 1), a, "|")
	nb = split(substr(other, index(other, "=") + 1), b, "|")
	left = substr(one, 1, index(one, "=") - 1)
	right = substr(other, 1, index(other, "=") - 1)
	for (i = 1; i <= na; i++)
		for (k = 1; k <= nb; k++) {
			reason[left, a[i], right, b[k]] = why
			reason[right, b[k], left, a[i]] = why
		}
}

function impossible(f, i, g, k)
{
	return (f, name[f, i], g, name[g, k]) in reason
}

# May value i of factor number f stand beside what the row has?
function fits(f, i,	g)
{
	for (g = 1; g <= factors; g++)
		if (row[g] && g != f && impossible(factor[f], i, factor[g], row[g]))
			return 0
	return 1
}

function gain(f, i,	g, sum)
{
	for (g = 1; g <= factors; g++)
		if (row[g] && g != f && (f, i, g, row[g]) in missing)
			sum++
	return sum + 0
}

function best(f, all,	i, g, most, at)
{
	most = -1
	for (i = 1; i <= values[factor[f]]; i++) {
		if ((!all && full[factor[f], i]) || !fits(f, i))
			continue
		g = gain(f, i)
		if (g > most || (g == most && used[f, i] < used[f, at])) {
			most = g
			at = i
		}
	}
	return at
}

function list_pairs(all,	f, g, i, k)
{
	for (f = 1; f <= factors; f++)
		for (g = 1; g <= factors; g++)
			for (i = 1; f != g && i <= values[factor[f]]; i++)
				for (k = 1; k <= values[factor[g]]; k++) {
					if ((full[factor[f], i] || full[factor[g], k]) != all)
						continue
					if (impossible(factor[f], i, factor[g], k)) {
						impossible_pairs += f < g
						continue
					}
					missing[f, i, g, k] = 1
					if (f < g)
						order[++pairs] = f SUBSEP i SUBSEP g SUBSEP k
				}
}

function strike(	f, g)
{
	for (f = 1; f <= factors; f++) {
		used[f, row[f]]++
		for (g = 1; g <= factors; g++)
			delete missing[f, row[f], g, row[g]]
	}
}

function print_row(macro,	f, text, id, at, head)
{
	for (f = 1; f <= factors; f++) {
		at = factor[f] SUBSEP row[f]
		id = id (f > 1 ? "_" : "") name[at]
		if (f <= 2)
			head = head (f > 1 ? "/" : "") part[at]
		else
			text = text ";" part[at]
	}
	if (sub(/;events/, "", text))
		head = head "/events"
	printf("%s(%s, \"%s\")\n", macro, id, head text)
}

# Completes the row that is begun, and prints it; false when nothing fits.
function complete(all, macro,	f)
{
	for (f = 1; f <= factors; f++)
		if (!row[f] && !(row[f] = best(f, all)))
			return 0
	strike()
	rows[macro]++
	if (!count)
		print_row(macro)
	return 1
}

# "backing=hugezero|anonthp" or "act": the factor's number, and in chosen[] which of its values.
function choose(text, chosen,	f, i, list)
{
	split("", chosen)
	list = "|" (index(text, "=") ? substr(text, index(text, "=") + 1) : "") "|"
	sub(/=.*/, "", text)
	for (f = 1; factor[f] != text; f++)
		;
	for (i = 1; i <= values[text]; i++)
		if (list == "||" ? !full[text, i] : index(list, "|" name[text, i] "|"))
			chosen[i] = 1
	return f
}

function cover_triples(	t, v, f, g, h, i, k, l, one, two, three)
{
	for (t = 1; t <= triple_lines; t++) {
		split(triples[t], v, "\t")
		f = choose(v[2], one)
		g = choose(v[3], two)
		h = choose(v[4], three)
		for (i = 1; i <= values[factor[f]]; i++)
			for (k = 1; k <= values[factor[g]]; k++)
				for (l = 1; l <= values[factor[h]]; l++)
					if (i in one && k in two && l in three) {
						split("", row)
						row[f] = i
						row[g] = k
						row[h] = l
						complete(0, "PAIR")
					}
	}
}

# Rows until none of the pairs listed since @from is missing.
function cover(from, all, macro,	p, v)
{
	for (p = from; p <= pairs; p++) {
		if (!(order[p] in missing))
			continue
		split("", row)
		split(order[p], v, SUBSEP)
		row[v[1]] = v[2]
		row[v[3]] = v[4]
		if (!complete(all, macro)) {
			printf("pairs.awk: nothing fits beside %s and %s\n", name[factor[v[1]], v[2]],
			       name[factor[v[3]], v[4]]) > "/dev/stderr"
			exit 1
		}
	}
}

END {
	list_pairs(0)
	cover_triples()
	cover(1, 0, "PAIR")
	quick = pairs
	list_pairs(1)
	cover(quick + 1, 1, "PAIR_FULL")
	if (!count)
		exit
	printf("quick: %d of %d pairs in %d programs\n", quick, quick, rows["PAIR"])
	printf("full: %d of %d pairs in %d programs\n", pairs, pairs, rows["PAIR"] + rows["PAIR_FULL"])
	printf("impossible: %d pairs, for the reasons that pairs.tsv gives\n", impossible_pairs)
}
