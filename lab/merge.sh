# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# ./run.sh --shard I/N and --merge: a run in parts, and the parts' one verdict. Sourced after select.sh and run.sh.

# of_shard I/N: of tab-separated lines 'name...' on standard input those of the I-th of N parts; a name's lines stay together.
# Names with most lines first, each to the part that has fewest so far.
of_shard()
{
	awk -F '\t' -v mine="${1%/*}" -v of="${1#*/}" '
		{ line[NR] = $0; name[NR] = $1; count[$1]++ }
		function next_name(n, best) {
			for (n in count)
				if (!(n in part) && (best == "" || count[n] > count[best] || (count[n] == count[best] && n < best)))
					best = n
			return best
		}
		function lightest(i, best) {
			for (best = i = 1; i <= of; i++)
				if (load[i] + 0 < load[best] + 0)
					best = i
			return best
		}
		END {
			while ((n = next_name()) != "") {
				part[n] = lightest()
				load[part[n]] += count[n]
			}
			for (i = 1; i <= NR; i++)
				if (part[name[i]] == mine)
					print line[i]
		}'
}

# choose_shard FILE: narrows the list of tests in it.
choose_shard()
{
	of_shard "$SHARD" <"$1" >"$WORK/shard"
	[[ -s $WORK/shard ]] || die "--shard $SHARD: nothing is left for it: $(cut -f 1 "$1" | uniq | wc -l) cases in all"
	mv "$WORK/shard" "$1"
}

# streams_of NAME DIR...: the shards' streams of a kernel's folder NAME, those without an end last, for it has one to die.
streams_of()
{
	local name=$1 file

	shift
	for file in "${@/%//$name/run.ktap}"; do
		[[ ! -s $file ]] || ! grep -qx '# end' "$file" || echo "$file"
	done
	for file in "${@/%//$name/run.ktap}"; do
		[[ ! -s $file ]] || grep -qx '# end' "$file" || echo "$file"
	done
}

# asked_for STREAM: what -k was given; the folder's name where no verdict says it.
asked_for()
{
	local folder=${1%/run.ktap}

	sed -n 's/^ *"asked": "\(.*\)",$/\1/p' "$folder/verdict.json" 2>/dev/null | grep . || basename "$folder"
}

# merge_kernel NAME DIR...
merge_kernel()
{
	local folder=$RESULTS/$1
	local -a streams

	mapfile -t streams < <(streams_of "$@")
	awk -f lab/merge.awk "${streams[@]}" >"$WORK/merged" || die "$(head -n 1 "$WORK/merged")"
	{ mkdir -p "$folder" && cp "$WORK/merged" "$folder/run.ktap"; } 2>/dev/null || die "$folder: cannot be written"
	judge "$(asked_for "${streams[0]}")" "$folder" 0
}

# merge_mutants DIR...: their scores as one.
merge_mutants()
{
	local folder=$RESULTS/mutants

	mkdir -p "$folder" 2>/dev/null || die "$folder: cannot be written"
	cat "${@/%//mutants/score.tsv}" >"$WORK/tsv" || die "a shard has no mutants/score.tsv"
	{ grep -m 1 '^#' "$WORK/tsv"; grep -v '^#' "$WORK/tsv" | LC_ALL=C sort; } >"$folder/score.tsv"
	[[ ! $(cut -f 1 "$folder/score.tsv" | uniq -d) ]] || die "the same mutants are in two of the folders"
	awk -F '\t' -v elapsed=0 -f lab/score-text.awk "$folder/score.tsv" | tee "$folder/score.txt"
	! awk -F '\t' '!/^#/ && $2 != "killed" && $2 != "equivalent" { bad = 1 } END { exit !bad }' "$folder/score.tsv"
}

# merge_results DIR...: the results folders of all shards; ends the script.
merge_results()
{
	local worst=0 name found=''
	local -a folders=()

	(($#)) || die "--merge wants the shards' results folders"
	mapfile -t folders < <(for name in "$@"; do from_caller "$name"; done)
	for name in "${folders[@]}"; do
		[[ $name != "$RESULTS" ]] || die "$name: the whole can't be written over a part: name another folder by -r"
	done
	while read -r name; do
		found=yes
		merge_kernel "$name" "${folders[@]}"
		worst=$(worse "$worst" "$?")
	done < <(for name in "${folders[@]}"; do find "$name" -mindepth 2 -maxdepth 2 -name run.ktap -printf '%P\n'; done 2>/dev/null |
		sed 's,/run.ktap$,,' | sort -u)
	if compgen -G "${folders[0]}/mutants/score.tsv" >/dev/null; then
		found=yes
		merge_mutants "${folders[@]}"
		worst=$(worse "$worst" "$?")
	fi
	[[ $found ]] || die "no results in ${folders[*]}"
	exit "$worst"
}
