# SPDX-License-Identifier: GPL-2.0
#
# What 'gcov -b -c -t' says, a line a line of code: file, number, function, how often run, branches, of them taken, text;
# tab-separated. Only of files of PARTS (lab/coverage-parts.tsv), and only of functions that it names.
#
# gcov knows no function that was inlined everywhere, so they are told by kernel style: a name at a line's beginning, and
# braces there.
#
# usage: awk -v parts=PARTS -f lab/coverage-lines.awk [GCOV'S OUTPUT]

function read_parts(	line, f)
{
	while ((getline line <parts) > 0) {
		if (line ~ /^#/ || split(line, f, "\t") < 3)
			continue
		nr_parts++
		part_file[nr_parts] = f[1]
		part_function[nr_parts] = f[2]
		gsub(/\*/, ".*", f[2])
		pattern[nr_parts] = "^" f[2] "$"
		wanted_files[f[1]]
	}
	if (!nr_parts)
		fail(parts ": no parts")
}
function fail(text)
{
	print "coverage-lines: " text >"/dev/stderr"
	failed = 1
	exit 1
}
function short_name(path,	f)
{
	for (f in wanted_files)
		if (substr("/" path, length(path) + 1 - length(f)) == "/" f)
			return f
	return ""
}
# Is the function ours? Every part that names it has been met.
function is_wanted(	i, found)
{
	for (i = 1; i <= nr_parts; i++)
		if (part_file[i] == file && current ~ pattern[i])
			found = met[i] = 1
	return found
}
# The name that a line at the margin defines, or "".
function defined(text)
{
	if (text !~ /^[A-Za-z_].*\(/ || text ~ /;[ \t]*$/)
		return ""
	if (text ~ /^SYSCALL_DEFINE[0-9]\(/) {
		sub(/^[^(]*\(/, "", text)
		sub(/[,)].*/, "", text)
		return text
	}
	match(text, /[A-Za-z0-9_]+\(/)
	return substr(text, RSTART, RLENGTH - 1)
}
function put()
{
	if (pending != "")
		printf "%s\t%d\t%d\t%s\n", pending, branches, taken, text_of
	pending = ""
	branches = taken = 0
}
function code_line(	at, count, number, text, name)
{
	match($0, /^ *[^:]+: *[0-9]+:/)
	text = substr($0, RLENGTH + 1)
	split($0, at, ":")
	count = at[1]
	number = at[2] + 0
	if (number == 0) {
		if (text ~ /^Source:/)
			file = short_name(substr(text, 8))
		return
	}
	name = defined(text)
	if (name != "")
		current = name
	gsub(/[ *]/, "", count)
	if (file != "" && current != "" && count != "-" && is_wanted()) {
		pending = file "\t" number "\t" current "\t" (count ~ /^[0-9]/ ? count + 0 : 0)
		text_of = text
		sub(/^[ \t]+/, "", text_of)
		gsub(/\t/, " ", text_of)
	}
	if (text ~ /^}/)
		current = ""
}
BEGIN { read_parts() }
/^ *[^: ]+: *[0-9]+:/ { put(); code_line(); next }
/^branch / && pending != "" {
	branches++
	taken += $3 == "taken" && $4 > 0
}
END {
	if (failed)
		exit 1
	put()
	for (i = 1; i <= nr_parts; i++)
		if (!met[i]) {
			print "coverage-lines: " part_file[i] ": no function " part_function[i] >"/dev/stderr"
			failed = 1
		}
	exit failed
}
