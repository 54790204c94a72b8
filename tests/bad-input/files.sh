# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Files that aren't what they should be: streams, tables, verdicts, results of others. Sourced by run; tests/report/ has more of the
# streams, tests/fuzz/ what nobody thought of.
#
# shellcheck disable=SC2034,SC2154,SC2317 # STATUS and ERR are expect's; TMP, PROJECT; what claim calls

SAMPLES=tests/report
STREAM_MB=100

report() { build/report --expected "$SAMPLES/expected" "$@"; }

# stream CLAIM EXIT REGEX [REPORT'S OPTIONS...]: of $TMP/stream; the text is looked for on both outputs.
stream()
{
	local claim=$1 exit=$2 regex=$3

	shift 3
	report "$@" <"$TMP/stream" >"$TMP/out" 2>"$TMP/err"
	STATUS=$?
	ERR=$(tail -n 5 "$TMP/err")
	expect "$claim" "$exit" "$regex" "$(tail -n 5 "$TMP/out")$ERR"
}

test_streams()
{
	: >"$TMP/stream"
	stream "an empty stream" 2 '^report: <stdin>: no KTAP in it'
	head -c 100000 build/report >"$TMP/stream"
	stream "a program for a stream" 2 '^report: <stdin>:[0-9]+: no KTAP in it'
	iconv -t UTF-16 "$SAMPLES/conforms.ktap" >"$TMP/stream"
	stream "a stream in another encoding" 2 '^report: <stdin>:[0-9]+: no KTAP in it'
	sed 's/$/\r/' "$SAMPLES/conforms.ktap" >"$TMP/stream"
	stream "a stream with carriage returns" 0 '^VERDICT .* CONFORMS'
	sed 's/hz.store/hz.st\xffre/' "$SAMPLES/conforms.ktap" >"$TMP/stream"
	stream "names that are no UTF-8 are no results" 3 '^VERDICT .* INCOMPLETE'
	sed 's/VIOLATED [A-Z-]*/VIOLATED NO-SUCH/' "$SAMPLES/new.ktap" >"$TMP/stream"
	stream "a requirement that there is not" 2 "unknown requirement 'NO-SUCH'"
	{ cat "$SAMPLES/conforms.ktap"; sed 's/^# kernel .*/# kernel 6.1.0/' "$SAMPLES/conforms.ktap"; } >"$TMP/stream"
	stream "two kernels' streams in one" 2 '^report: <stdin>:[0-9]+: another kernel.s run begins here'
}

# large_stream LINE: in the middle of a run that conforms.
large_stream()
{
	sed '/ RUN /q' "$SAMPLES/conforms.ktap"
	yes "$1" | head -c "$((STREAM_MB << 20))"
	echo
	sed '1,/ RUN /d' "$SAMPLES/conforms.ktap"
}

test_large_streams()
{
	large_stream '[   12.345678] the kernel says something' >"$TMP/stream"
	stream "$STREAM_MB MB of console" 0 '^VERDICT .* CONFORMS'
	large_stream '  # what a test says' >"$TMP/stream"
	stream "$STREAM_MB MB of a test's own" 0 '^VERDICT .* CONFORMS'
	head -c "$((STREAM_MB << 20))" /dev/zero >"$TMP/stream"
	stream "one line of $STREAM_MB MB" 2 'no KTAP in it'
	seq -f '# fact a%.0f=b' 1000000 >"$TMP/stream"
	stream "a million facts" 2 'more facts than any probe gives'
	seq -f '  # covers f.t%.0f WP-PERSISTS' 1000000 >"$TMP/stream"
	stream "a million tests that cover something" 2 'more tests than any case has'
	rm -f "$TMP/stream"
}

# Cut anywhere, a run that conforms doesn't: each piece ends in a verdict, or in one line.
no_cut_conforms()
{
	local sample=$SAMPLES/conforms.ktap at size status

	size=$(stat -c %s "$sample")
	for ((at = 0; at < size - 6; at += 11)); do
		head -c "$at" "$sample" | report >"$TMP/out" 2>"$TMP/err"
		status=$?
		((status >= 1 && status <= 3)) || { echo "cut at byte $at: exit $status"; return 1; }
		((status != 2)) || (($(wc -l <"$TMP/err") == 1)) || { echo "cut at byte $at:"; cat "$TMP/err"; return 1; }
	done
}

# Whatever byte is another one, report ends by itself.
no_byte_breaks_it()
{
	local seed=$RANDOM sample=$SAMPLES/known_bug.ktap i size status

	size=$(stat -c %s "$sample")
	RANDOM=$seed
	for ((i = 0; i < 100; i++)); do
		cp "$sample" "$TMP/stream"
		printf '%b' "\\x$(printf %x $((RANDOM % 256)))" | dd of="$TMP/stream" bs=1 seek=$((RANDOM % size)) conv=notrunc status=none
		report <"$TMP/stream" >/dev/null 2>&1
		status=$?
		((status <= 3)) || { echo "seed $seed, round $i: exit $status"; return 1; }
	done
}

# table CLAIM FILE ROW REGEX: a project whose expected/FILE has one more row; the run is kept.
table()
{
	cp "expected/$2" "$PROJECT/expected/$2"
	printf '%b\n' "$3" >>"$PROJECT/expected/$2"
	run "$PROJECT/run.sh" -r "$TMP/tables" -k running passes
	expect "$1" 2 "^report: expected/$2:[0-9]+: $4" "$ERR"
	claim "$1: what was run is kept" grep -qx '# end' "$TMP/tables/running/run.ktap"
	cp "expected/$2" "$PROJECT/expected/$2"
}

test_tables()
{
	table "requirements without a column" requirements.tsv 'A-B\tstatement\tsource' 'column 4 \(applies\) is missing'
	table "deviations without a column" deviations.tsv 'a:b\tbug\talways' 'column 4 \(why\) is missing'
	table "a deviation of an unknown kind" deviations.tsv 'a:b\tfeature\talways\twhy' "unknown kind 'feature'"
	table "profiles without a column" profiles.tsv 'x\tWP-PERSISTS\tany' 'column 4 \(what happens\) is missing'
	table "a profile of an unknown requirement" profiles.tsv 'x\tNO-SUCH\tany\tloss' 'no requirement NO-SUCH'
	table "a table in another encoding" deviations.tsv 'a:b\tbug\talways\tnot f\xfcr us' 'bytes that are no text'
	mv "$PROJECT/expected/deviations.tsv" "$TMP/deviations.tsv"
	run "$PROJECT/run.sh" -r "$TMP/tables" -k running passes
	expect "a table that isn't there" 2 '^report: expected/deviations.tsv: No such file' "$ERR"
	mv "$TMP/deviations.tsv" "$PROJECT/expected/"
}

# verdict CLAIM REGEX: of $TMP/verdict.json.
verdict()
{
	refuses "$1" "^present: .*$2" build/present --format html --output "$TMP/report.html" "$TMP/verdict.json"
}

test_verdicts()
{
	local good=$TMP/good.json

	report --json "$good" <"$SAMPLES/known_bug.ktap" >/dev/null
	echo "what was there" >"$TMP/report.html"
	sed 's/"version": 1/"version": 2/' "$good" >"$TMP/verdict.json"
	verdict "a verdict of another version" 'a verdict of another version: write it again'
	head -c 500 "$good" >"$TMP/verdict.json"
	verdict "half a verdict" 'verdict.json:[0-9]+: '
	echo '[1, 2]' >"$TMP/verdict.json"
	verdict "another JSON file" 'no verdict: name what'
	sed 's/"tests": \[/"tests": 7, "x": [/' "$good" >"$TMP/verdict.json"
	verdict "a verdict without its tests" "no fitting 'tests'"
	cp build/report "$TMP/verdict.json"
	verdict "a program for a verdict" 'verdict.json:1: '
	head -c 100000 /dev/zero | tr '\0' '[' >"$TMP/verdict.json"
	verdict "a verdict nested deeply" 'maximum parsing depth'
	rm "$TMP/verdict.json"
	verdict "a verdict that isn't there" 'No such file'
	refuses "a format that there is not" "^present: no format 'pdf'" build/present --format pdf "$good"
	refuses "no verdict at all" '^present: present wants' build/present --format html
	claim "the document that was there before is as it was" grep -qx "what was there" "$TMP/report.html"
}

# What others left in the folder of results, in whatever shape, is no part of this run; what isn't ours stays.
test_old_results()
{
	mkdir -p "$TMP/old/running"
	echo '{"format": "uffd-wp-conform verdict", "version": 0}' >"$TMP/old/running/verdict.json"
	echo 'KTAP version 9' >"$TMP/old/running/run.ktap"
	echo mine >"$TMP/old/running/notes"
	run "$PROJECT/run.sh" -r "$TMP/old" -k running passes
	expect "a results folder of another version" 0 '^VERDICT .* CONFORMS' "$OUT"
	claim "its results are this run's" grep -q '"version": 1' "$TMP/old/running/verdict.json"
	claim "what isn't ours stays there" grep -qx mine "$TMP/old/running/notes"
	exec {LOCK}<"$TMP/old/running"
	flock "$LOCK"
	run "$PROJECT/run.sh" -r "$TMP/old" -k running passes {LOCK}<&-
	expect "another run is writing there" 2 'another run is writing there' "$ERR"
	exec {LOCK}<&-
}

test_files()
{
	test_streams
	test_large_streams
	claim "a run that conforms doesn't when it is cut, wherever" no_cut_conforms
	claim "no wrong byte breaks the report" no_byte_breaks_it
	test_tables
	test_verdicts
	test_old_results
}
