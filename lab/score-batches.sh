# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Batches: plans that take what is missing through guests, and the cells that come of it. Sourced by lab/score.
#
# shellcheck disable=SC2153

BATCH=16		# mutants a guest: what a boot and a control cost, they share
GUESTS=3		# at a time: one more than most hosts have processors, for some hang
# Nobody waits long for a kernel that is known to be wrong. The control, under the same terms, tells if that is too short.
PATIENCE=4		# seconds that a test waits for what must happen
declare -A DEADLINE=([quick]=30 [full]=120)	# seconds a case

# alone MUTANT: does it want a guest of its own?
alone()
{
	[[ $EACH || -e $CELLS/$1/alone || $(field 1 "$1") == own ]]
}

# noticed MUTANT: is nothing more to be learnt of it? Then NOTICED is its line. Who can't be seen needn't be looked for long.
noticed()
{
	local line

	[[ ! $ALL && $1 != none ]] || return
	[[ $PASS == quick || $(field 6 "$1") == - ]] || return 0
	[[ -d $CELLS/$1 && ! ${NOTICED[$1]-} ]] || { [[ ${NOTICED[$1]-} ]]; return; }
	line=$(judge_mutant "$1")
	[[ $line != *$'\t'@(killed|exposed)$'\t'* ]] || NOTICED[$1]=$line
	[[ ${NOTICED[$1]-} ]]
}

# put_section MUTANT CASE...: its part of a plan. What fails on the unchanged kernel is no reason to stop.
put_section()
{
	local mutant=$1 name

	shift
	echo "@set $KNOB ${mutant/#none/}"
	[[ $mutant == none || $ALL ]] || echo "@enough 0 $(field 4 "$mutant") ! $KNOWN"
	for name in "$@"; do
		[[ $PASS == quick ]] && echo "cases/$name" || echo "cases/$name${LONG[$name]}"
	done
}

# known_failures: of the unchanged kernel, whether a row of expected/ excuses them or not.
known_failures()
{
	kept_of_all none | xargs -r sed -n 's/^  not ok [0-9]* \([^ ]*\).*/\1/p' | sort -u | paste -sd ' '
}

# make_batches MUTANT...: WORK/batch.N, a plan a guest, for all that is missing.
make_batches()
{
	local mutant plan='' in_plan=0
	local -a todo

	BATCHES=0
	while read -r mutant; do
		! noticed "$mutant" || continue
		mapfile -t todo < <(missing "$mutant")
		((${#todo[@]})) || continue
		if alone "$mutant" || [[ $mutant == none ]]; then
			new_batch
			put_section "$mutant" "${todo[@]}" >>"$WORK/batch.$BATCHES/plan"
			continue
		fi
		if [[ ! $plan ]] || ((in_plan == BATCH)); then
			new_batch
			plan=$WORK/batch.$BATCHES/plan in_plan=0
		fi
		put_section "$mutant" "${todo[@]}" >>"$plan"
		: >"$(dirname "$plan")/shared"
		((++in_plan))
	done < <(printf '%s\n' "$@" | LC_ALL=C sort)
	finish_batches
}

new_batch()
{
	((++BATCHES))
	mkdir "$WORK/batch.$BATCHES" || die "$WORK: no room for another plan"
	echo "@deadline ${DEADLINE[$PASS]}" >"$WORK/batch.$BATCHES/plan"
}

# The control comes last: all cases, of which the runner leaves out those that no mutant was shown.
finish_batches()
{
	local shared
	local -a all

	mapfile -t all < <(printf '%s\n' "${!DIGESTS[@]}" | LC_ALL=C sort)
	for shared in "$WORK"/batch.*/shared; do
		[[ -e $shared ]] || continue
		{
			echo "@again"
			put_section none "${all[@]}"
		} >>"$(dirname "$shared")/plan"
	done
}

# One image holds all; a batch's plan is laid over it.
make_image()
{
	printf 'cases/%s\n' "${!BINARIES[@]}" >"$WORK/plan"
	lab/image -c "$KERNEL/config" -o "$WORK/all.cpio" "$WORK/plan" || exit
}

# run_batch FOLDER: boots it, leaves its cells there.
run_batch()
{
	local full=''

	[[ $PASS == quick ]] || full=' UFFD_WP_CONFORM_FULL=1'
	{ cat "$WORK/all.cpio"; (cd "$1" && echo plan | cpio -o -H newc --quiet); } >"$1/guest.cpio"
	setpriv --pdeathsig TERM lab/boot --console "$1/console" --silence $((${DEADLINE[$PASS]} + 60)) \
		--append "UFFD_WP_CONFORM_PATIENCE=$PATIENCE$full" "$KERNEL/vmlinux" "$1/guest.cpio" 2>"$1/error" |
		stamp >"$1/stream"
	rm -f "$1/guest.cpio"
	awk -v knob="$KNOB" -v folder="$1" -f lab/cells.awk "$1/stream"
	[[ -e $1/cells ]] || { say "a guest came to nothing: $(head -n 1 "$1/error")"; return 1; }
	drop_doubtful "$1"
	keep_cells "$1"
}

# Whose cells in FOLDER are not to be trusted, for others were in the guest: they are run again, alone.
drop_doubtful()
{
	local mutant name

	[[ -e $1/shared ]] || return 0
	if [[ -d $1/none ]] && control_fails "$1"; then
		say "the unchanged kernel failed after $(cut -d ' ' -f 1 "$1/cells" | uniq | paste -sd ' ')"
		cut -d ' ' -f 1 "$1/cells" | sort -u >"$1/doubtful"
	elif [[ -e $1/death ]]; then
		cut -d ' ' -f 1 "$1/death" >"$1/doubtful"
	fi
	[[ -e $1/doubtful ]] || return 0
	while read -r mutant; do
		mkdir -p "$CELLS/$mutant"
		[[ $mutant == none ]] || : >"$CELLS/$mutant/alone"
		rm -rf "${1:?}/$mutant"
	done <"$1/doubtful"
}

keep_cells()
{
	local mutant name

	[[ -e $CELLS/header ]] || cp "$1/header" "$CELLS/header"
	while read -r mutant name; do
		[[ $mutant != none || ! -e $1/shared ]] || continue
		[[ -e $1/$mutant/$name ]] || continue
		! grep -q '^ok [0-9]* [a-z_]* # SKIP enough was seen' "$1/$mutant/$name" || continue
		mkdir -p "$CELLS/$mutant"
		mv "$1/$mutant/$name" "$CELLS/$mutant/.$name.new"
		mv "$CELLS/$mutant/.$name.new" "$(cell "$mutant" "$name")"
	done <"$1/cells"
}

run_batches()
{
	local i running=0 workers=0

	for ((i = 1; i <= BATCHES; i++)); do
		((running < GUESTS)) || { wait -n; ((running--)); }
		[[ ! -t 2 ]] || printf '\r%s: guest %d of %d ' "${0##*/}" "$i" "$BATCHES" >&2
		run_batch "$WORK/batch.$i" &
		undo_push end_process $!
		((++running, ++workers))
	done
	# With none started it would wait for who keeps the work folder, for ever.
	((workers == 0)) || wait
	while ((workers-- > 0)); do
		undo_pop
	done
	[[ ! -t 2 ]] || printf '\r\033[K' >&2
	rm -rf "$WORK"/batch.*
}
