# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # run and this file share $out, $err, $status, $here
# Options, tables and input that cannot be used. One function a claim; samples are the .ktap files here, what must hold for them in expected/.

test_verdict_file_has_the_same_text() {
	judge new --verdict "$scratch/verdict"
	[ "$(< "$scratch/verdict")" = "$out" ] || complain 'differs from standard output'
	judge new --verdict "$scratch/none/verdict"
	exits 2
	[[ $err == *"none/verdict: cannot be written"* ]] || complain "stderr: $err"
	"$report" --expected "$here/expected" < "$here/new.ktap" > /dev/full 2> "$scratch/err"
	status=$?
	err=$(< "$scratch/err")
	exits 2
}

test_no_ktap_is_refused() {
	judge - <<< 'hello'
	refuses '<stdin>:1: no KTAP in it'
	judge - < /dev/null
	refuses 'no KTAP in it'
	judge - < "$report"
	refuses 'no KTAP in it'
}

test_unknown_names_are_refused() {
	sed 's/VIOLATED AS-THP-PATH/VIOLATED AS-THP-PTAH/' "$here/new.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	refuses "unknown requirement 'AS-THP-PTAH'"
	sed 's/(DISAGREE)/(SAD)/' "$here/new.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	refuses "unknown class 'SAD'"
	sed 's/covers ev.one EV-ONE/covers ev.one EV-TWO/' "$here/new.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	refuses "unknown requirement 'EV-TWO'"
	sed 's/covers ev.one EV-ONE/covers ev.one/' "$here/new.ktap" > "$scratch/in"
	judge - < "$scratch/in"
	refuses 'covers nothing'
}

# refuses_row TABLE ROW TEXT: a table with ROW in it can't be used, the complaint has the row's line
refuses_row() {
	local dir lines

	dir=$(table "$1" "$2")
	lines=$(wc -l < "$dir/$1.tsv")
	judge conforms --expected "$dir"
	refuses "$1.tsv:$lines: "
	[[ $err == *"$3"* ]] || complain "stderr: $err"
}

test_broken_tables_are_refused() {
	refuses_row requirements 'A-B\tx\ty' 'column 4 (applies) is missing'
	refuses_row requirements 'A-B\tx\t\talways' 'column 3 (source) is empty'
	refuses_row requirements 'A-B\tx\ty\talways\tz' 'a column too many'
	refuses_row requirements 'EV-ONE\tx\ty\talways' 'second time'
	refuses_row requirements 'ev_one\tx\ty\talways' 'is no id'
	refuses_row requirements 'A-B\tx\ty\tkernel>6' 'is no term'
	refuses_row requirements 'A-B\tx\ty\tkernel=6.1' 'kernel is compared by'
	refuses_row requirements 'A-B\tx\ty\tkernel>=six' 'dotted numbers'
	refuses_row requirements 'A-B\tx\ty\turing=' 'lacks a name or a value'
	refuses_row requirements 'A-B\tx\x01\ty\talways' 'bytes that are no text'
	refuses_row deviations 'h:a.b\tbug\talways' 'column 4 (why) is missing'
	refuses_row deviations 'h:a.b\tfeature\talways\twhy' "unknown kind 'feature'"
	refuses_row deviations 'a.b\tbug\talways\twhy' 'names no case'
	refuses_row deviations 'hugezero:hz.bypass.persists\tbug\turing=yes\twhy' 'same tests and same condition'
}

test_missing_tables_are_refused() {
	judge conforms --expected "$scratch/none"
	refuses 'No such file'
	mkdir "$scratch/empty"
	touch "$scratch/empty/requirements.tsv" "$scratch/empty/deviations.tsv"
	judge conforms --expected "$scratch/empty"
	refuses 'no requirement in it'
}

test_usage() {
	judge conforms --frobnicate
	exits 2
	judge conforms extra
	refuses "'extra'"
	judge conforms --help
	exits 0
	says 'usage: report'
}
