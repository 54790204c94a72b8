# SPDX-License-Identifier: GPL-2.0
#
# Requirements and what they were tried on: for each backing the tests, by mode; or why none; or open. In Markdown.
#
# usage: awk -F '\t' -f lab/grounds.awk kind=grounds FILE kind=reasons FILE kind=requirements FILE kind=tests FILE
#	tests: case, test, requirements; the other files are expected/'s own. With -v untold=1: the tests whose ground neither their
#	name nor expected/grounds.tsv tells, instead.

# The words of names, and the columns in their order.
BEGIN {
	nr_backings = split("huge-zero zero-ptes anon-thp pte-thp base unpopulated mthp shmem shmem-cached shmem-thp " \
		"hugetlb hugetlb-holes hugetlb-shared swapped migrating border", backing, " ")
	split("hugezero huge-zero zeroptes zero-ptes anonthp anon-thp ptethp pte-thp base base unpopulated unpopulated " \
		"hole unpopulated holes unpopulated mthp mthp shmem shmem shmemcached shmem-cached shmemthp shmem-thp " \
		"swap swapped swaps swapped migrate migrating migrates migrating migrated migrating moving migrating " \
		"borders border", pairs, " ")
	for (i = 1; i in pairs; i += 2)
		word[pairs[i]] = pairs[i + 1]
	split("private hugetlb shared hugetlb-shared holes hugetlb-holes hole hugetlb-holes migrate migrating", pairs, " ")
	for (i = 1; i in pairs; i += 2)
		hugetlb_word[pairs[i]] = pairs[i + 1]
	nr_modes = split("sync async rwp", mode, " ")
}

function regex(glob)
{
	gsub(/\./, "\\.", glob)
	gsub(/\*/, ".*", glob)
	return "^" glob "$"
}

function add(list, item)
{
	return index(" " list " ", " " item " ") ? list : list (list == "" ? "" : " ") item
}

# What the words of TEXT, parted by _, say.
function told(text, is_hugetlb,   words, n, i, list)
{
	n = split(text, words, "_")
	for (i = 1; i <= n; i++)
		if (is_hugetlb && words[i] in hugetlb_word)
			list = add(list, hugetlb_word[words[i]])
		else if (words[i] in word && !(is_hugetlb && word[words[i]] ~ /unpopulated/))
			list = add(list, word[words[i]])
	return list
}

# Is there a kind of memory in the list, and not only what is done with it?
function has_memory(list)
{
	gsub(/swapped|migrating|border| /, "", list)
	return list != ""
}

# By the variant, else by the case and the fixture; both say what is done with it.
function backings_of(name, fixture, variant,   is_hugetlb, list, wider)
{
	is_hugetlb = name ~ /^hugetlb/
	list = told(variant, is_hugetlb)
	wider = told(name "_" fixture, is_hugetlb)
	if (!has_memory(list))
		list = list " " wider (is_hugetlb && !has_memory(wider) ? " hugetlb" : "")
	else if (match(wider, /swapped|migrating|border/))
		list = add(list, substr(wider, RSTART, RLENGTH))
	return list
}

function modes_of(name, fixture, variant)
{
	if ("_" name "_" fixture "_" ~ /_rwp_/)
		return "rwp"
	if (match("_" variant "_" fixture "_" name "_", /_a?sync_/))
		return "_" variant "_" fixture "_" name "_" ~ /_async_/ ? "async" : "sync"
	return "sync"
}

kind == "grounds" && !/^#/ { ground[++nr_grounds] = regex($1); memory[nr_grounds] = $2; how[nr_grounds] = $3 }
kind == "reasons" && !/^#/ { reason[++nr_reasons] = regex($1); without[nr_reasons] = $2; why[nr_reasons] = $3 }
kind == "requirements" && !/^#/ { id[++nr_ids] = $1 }
kind == "tests" {
	n = split($2, part, ".")
	backings = backings_of($1, part[1], n > 2 ? part[2] : "")
	modes = modes_of($1, part[1], n > 2 ? part[2] : "")
	for (i = 1; i <= nr_grounds && ($1 ":" $2) !~ ground[i]; i++)
		;
	if (i <= nr_grounds) {
		backings = memory[i] == "-" ? backings : memory[i]
		modes = how[i] == "-" ? modes : how[i]
	}
	if (untold && !has_memory(backings))
		print $1 ":" $2
	count($3, backings, modes)
}

# A program of the model covers what it can in either mode; what speaks of one is not tried by the other.
function beside(id, how)
{
	return (id ~ /^AS-/ && how == "sync") || (id ~ /^EV-/ && how == "async")
}

function count(ids, backings, modes,   i, j, k, a, b, c)
{
	split(ids, a, " ")
	split(backings, b, " ")
	split(modes, c, " ")
	for (i in a)
		for (k in c) {
			if (beside(a[i], c[k]))
				continue
			all[a[i], c[k]]++
			for (j in b)
				tests[a[i], b[j], c[k]]++
		}
}

function cell(requirement, where,   k, text)
{
	for (k = 1; k <= nr_modes; k++)
		if ((requirement, where, mode[k]) in tests)
			text = text (text == "" ? "" : " ") tests[requirement, where, mode[k]] substr(mode[k], 1, 1)
	if (text != "") {
		covered++
		return text
	}
	for (k = 1; k <= nr_reasons; k++)
		if (requirement ~ reason[k] && (without[k] == "*" || index(" " without[k] " ", " " where " "))) {
			senseless++
			if (!(why[k] in note)) {
				note[why[k]] = ++nr_notes
				note_text[nr_notes] = why[k]
			}
			return "(" note[why[k]] ")"
		}
	open++
	return ""
}

function put_table(   i, j, line, rule)
{
	line = "| requirement | tests |"
	rule = "|---|---|"
	for (j = 1; j <= nr_backings; j++) {
		line = line " " backing[j] " |"
		rule = rule "---|"
	}
	print line "\n" rule
	for (i = 1; i <= nr_ids; i++) {
		line = "| " id[i] " | " all[id[i], "sync"] + all[id[i], "async"] + all[id[i], "rwp"] " |"
		for (j = 1; j <= nr_backings; j++)
			line = line " " cell(id[i], backing[j]) " |"
		print line
	}
}

END {
	if (untold)
		exit
	put_table()
	print ""
	for (i = 1; i <= nr_notes; i++)
		printf "- (%d) %s\n", i, note_text[i]
	printf "\n%d requirements on %d backings: %d cells covered, %d make no sense, %d open.\n", nr_ids, nr_backings, covered, senseless, open
}
