# SPDX-License-Identifier: GPL-2.0
#
# The streams of a run's shards (each a file, those whose guest died last) as the stream of the whole run. They must be of one
# kernel, of the same facts and selection, and each of its shards there once. Exit 2, and why on the output, if not so.

function refuse(why)
{
	print why
	refused = 1
	exit 2
}

# What is said before the first case: the same in all, but for the shard's number and the plan.
function header(line)
{
	if (line ~ /^# shard [0-9]+\/[0-9]+$/) {
		split(substr(line, 9), part, "/")
		if (of && of != part[2])
			refuse(FILENAME ": of " part[2] " shards, the others of " of)
		if (part[1] in have)
			refuse(FILENAME ": shard " part[1] "/" part[2] " is there twice, in " have[part[1]] " too")
		of = part[2]
		have[part[1]] = FILENAME
		numbered = 1
	} else if (line ~ /^1\.\.[0-9]+$/)
		planned += substr(line, 4)
	else if (line != "# selection *")
		said = said line "\n"
}

function close_header()
{
	if (!numbered)
		refuse(FILENAME ": not a shard's: run it with --shard I/N")
	if (files > 1 && said != first)
		refuse(FILENAME ": of another kernel, other facts or another selection than " first_file ": shards want like machines")
	if (files == 1) {
		first = said
		first_file = FILENAME
	}
	in_header = 0
}

FNR == 1 {
	if (in_header)
		refuse(last_file ": no case in it")
	files++
	said = ""
	numbered = 0
	in_header = 1
	last_file = FILENAME
}

/^# case / && in_header { close_header() }
in_header { header($0); next }
$0 == "# end" { ends++; next }
/^(not )?ok [0-9]+ / { sub(/ok [0-9]+ /, "ok " ++results " ") }
{ body[++lines] = $0 }

END {
	if (refused)
		exit 2
	if (in_header)
		refuse(last_file ": no case in it")
	for (i = 1; i <= of; i++)
		if (!(i in have))
			lacking = lacking " " i "/" of
	if (lacking)
		refuse("missing, so there is no verdict on the whole: shard" lacking)
	printf "%s1..%d\n", first, planned
	for (i = 1; i <= lines; i++)
		print body[i]
	if (ends == files)
		print "# end"
}
