#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The one entry point: builds, runs the cases on the kernels asked for, prints a verdict for each.
# Standard output is KTAP and verdicts, standard error all else. See --help.
set -u -o pipefail

CALLER=$PWD
RUN=$(readlink -f "$0")
cd "$(dirname "$RUN")" || exit 2
# shellcheck source=lab/common.sh
. lab/common.sh
# shellcheck source=lab/suggest.sh
. lab/suggest.sh
# shellcheck source=lab/bisect.sh
. lab/bisect.sh
# shellcheck source=lab/options.sh
. lab/options.sh
# shellcheck source=lab/choose.sh
. lab/choose.sh
# shellcheck source=lab/select.sh
. lab/select.sh
# shellcheck source=lab/run.sh
. lab/run.sh
# shellcheck source=lab/probe.sh
. lab/probe.sh
# shellcheck source=lab/merge.sh
. lab/merge.sh
# shellcheck source=lab/matrix.sh
. lab/matrix.sh
# shellcheck source=lab/conflicts.sh
. lab/conflicts.sh

ASKED_QEMU=${QEMU-}

# What depends on the architecture asked for.
load_arch()
{
	QEMU=$ASKED_QEMU
	# shellcheck source=lab/arch.sh
	. lab/arch.sh
	# shellcheck source=lab/host.sh
	. lab/host.sh
}

FILES_NEEDED=64

# What even this script can't do without.
check_streams()
{
	[[ -e /proc/self/stat ]] || die "no /proc: type: mount -t proc none /proc"
	[[ -e /proc/self/fd/1 ]] || die "standard output is closed: KTAP goes there"
	[[ $(ulimit -n) == unlimited ]] || (($(ulimit -n) >= FILES_NEEDED)) ||
		die "no more than $(ulimit -n) files may be open: type: ulimit -n 1024"
}

check_results()
{
	{ mkdir -p "$RESULTS" && : >"$RESULTS/.probe"; } 2>/dev/null || die "$RESULTS: results cannot be written there"
	rm -f "$RESULTS/.probe"
}

# Where there are no sources, all is built: make install laid it there.
has_sources() { [[ -e Makefile ]]; }

check_host()
{
	! has_sources || require "${BUILD_NEEDS[@]}"
	if [[ $SETUP ]] || any_guest "$@"; then
		require "${GUEST_NEEDS[@]}"
	fi
	[[ ! ${FORMATS[*]}$MATRIX$KNOWN_BUGS ]] || ! has_sources || require "${FORMAT_NEEDS[@]}"
	if any_lab "$@" || [[ $MUTANTS$KNOWN_BUGS ]]; then
		require "${GUEST_NEEDS[@]}" "${LAB_NEEDS[@]}"
	fi
}

# The guests' programs, for another architecture than this machine's.
build_cross()
{
	lab/fetch liburing || exit
	make -s -j "$(nproc)" B="$BUILD" CC="${CROSS}gcc" LD="${CROSS}ld" AR="${CROSS}ar" OBJCOPY="${CROSS}objcopy" \
		CPPFLAGS="-idirafter $SYSROOT/usr/include" LDFLAGS="-L$SYSROOT/usr/lib/${CROSS%-}" \
		"$BUILD/init" "$BUILD/cases" >&2 || die "the build for $GUEST_ARCH failed"
}

# Whoever only asks need not wait for a look at all that is installed.
is_built()
{
	[[ $LIST || ($PROBE && ${KERNELS[*]-running} == running) ]] && make -q all 2>/dev/null
}

build()
{
	if ! has_sources; then
		[[ ! $CROSS ]] || die "--arch $GUEST_ARCH needs the sources, to build the guests' programs from"
		return
	fi
	make -s -j "$(nproc)" all >&2 || die "the build failed"
	[[ ! ${FORMATS[*]}$MATRIX$KNOWN_BUGS ]] || make -s build/present >&2 || die "the build failed"
	[[ ! $CROSS ]] || build_cross
}

# --append and --cpus ask for a guest, for the running kernel is booted already.
choose_kernels()
{
	((${#KERNELS[@]} == 0)) || return
	if [[ $APPEND$CPUS$CROSS ]]; then
		KERNELS=(debian:latest)
	else
		KERNELS=("$(default_kernel)")
	fi
	! any_guest "${KERNELS[@]}" || require "${GUEST_NEEDS[@]}"
}

# The globs are mutants' names here.
score_mutants()
{
	local status

	lab/score --results "$RESULTS/mutants" ${SHARD:+--shard "$SHARD"} "${GLOBS[@]}"
	status=$?
	((status <= 1)) && [[ $PEERS ]] || exit "$status"
	lab/peers --results "$RESULTS/mutants" --beside "$RESULTS/mutants/score.tsv" "${GLOBS[@]}" || exit
	exit "$status"
}

# A reader that has seen enough, such as head, is no error.
print_list()
{
	if ((${#GLOBS[@]} == 0)); then
		list_tests | sed 's/\t/:/'
		exit "${PIPESTATUS[0]}"
	fi
	list_tests >"$WORK/all" || exit
	select_tests "${GLOBS[@]}" <"$WORK/all" >"$WORK/selected" || exit
	sed 's/\t/:/' "$WORK/selected"
	exit 0
}

choose_tests()
{
	list_tests >"$WORK/all" || exit
	select_tests "${GLOBS[@]}" <"$WORK/all" >"$WORK/selected" || exit
	[[ ! $SHARD ]] || choose_shard "$WORK/selected"
	make_plan "$WORK/all" "$WORK/selected" "$TIMEOUT" "$REPEAT" "$SEED" "${GLOBS[@]}" >"$WORK/plan"
}

# Where a kernel's results go. No colon: there are systems that can't copy such a name.
results_folder()
{
	local name=${1##*/}

	echo "$RESULTS/${name//:/_}${CROSS:+_$GUEST_ARCH}"
}

# judge ASKED FOLDER STATUS: what was asked for is a kernel, and behind a blank another architecture.
# A run that died is judged by what it has shown; one that never began, or that the user ended, isn't.
judge()
{
	local k=$1 folder=$2 status=$3
	local -a asked=(--kernel "${1% arm64}")

	[[ $k != *" arm64" ]] || asked+=(--arch arm64)
	((status == EXIT_INTERRUPTED)) && exit "$status"
	if ((status == EXIT_SETUP)); then
		say "$k: no verdict"
		return "$status"
	fi
	build/report --expected expected "${asked[@]}" --verdict "$folder/verdict.txt" --json "$folder/verdict.json" \
		"${ALLOW_KNOWN[@]}" "${PROFILE[@]}" <"$folder/run.ktap"
}

# take_folder FOLDER: makes it ours alone until we end; what another run left there goes.
take_folder()
{
	local lock

	mkdir -p "$1" 2>/dev/null || die "$1: cannot be written"
	exec {lock}<"$1"
	flock -n "$lock" || die "$1: another run is writing there: wait for it, or name another place by -r"
	rm -f "$1"/{run.ktap,console.log,verdict.txt,verdict.json} 2>/dev/null || die "$1: cannot be cleared: remove it"
}

run_and_judge()
{
	local k=$1 folder status

	folder=$(results_folder "$k")
	take_folder "$folder"
	((${#KERNELS[@]} == 1)) || say "running $k${CROSS:+ $GUEST_ARCH}"
	run_kernel "$k" "$folder"
	status=$?
	judge "$k${CROSS:+ $GUEST_ARCH}" "$folder" "$status"
	status=$?
	[[ ! -s $folder/verdict.json ]] || VERDICTS+=("$folder/verdict.json")
	return "$status"
}

# VERDICTS: those that were come to. One document a format about all of them.
write_reports()
{
	local format
	local -A name=([junit]=junit.xml [json]=json [html]=html [kcidb]=kcidb.json)

	((${#VERDICTS[@]})) || return 0
	for format in "${FORMATS[@]}"; do
		build/present --format "$format" --output "$RESULTS/report.${name[$format]}" "${VERDICTS[@]}" || return
	done
	[[ ! $MATRIX ]] || write_matrix "${VERDICTS[@]}"
}

# worse A B: the exit status that stands for both.
worse()
{
	local status

	for status in 2 1 3 0; do
		(($1 != status && $2 != status)) || { echo "$status"; return; }
	done
	echo 2
}

# prepare ARCH KERNEL...: what runs of these need. No architecture is the usual one.
prepare()
{
	GUEST_ARCH=$1
	shift
	load_arch
	check_kernels "$@"
	is_built || { check_host "$@" && build; }
}

run_all()
{
	local i worst=0

	VERDICTS=()
	[[ ! $MATRIX ]] || rm -f "$RESULTS"/matrix.{tsv,txt}
	for i in "${!KERNELS[@]}"; do
		[[ ! $MATRIX ]] || enter_row "$i"
		run_and_judge "${KERNELS[i]}"
		worst=$(worse "$worst" "$?")
	done
	write_reports || worst=$EXIT_SETUP
	return "$worst"
}

main()
{
	undo_arm
	check_streams
	bisect "$@"
	parse_options "$@"
	[[ ! $MATRIX ]] || read_matrix
	check_conflicts
	make_work_folder
	[[ $LIST || $SETUP || $PROBE ]] || check_results
	if [[ $MATRIX ]]; then
		prepare_matrix
	else
		prepare "${GUEST_ARCH-}" "${KERNELS[@]}"
	fi
	[[ ! $SETUP ]] || exit 0
	[[ ! $LIST ]] || print_list
	[[ ! $PROBE ]] || print_probe
	[[ ! $MERGE ]] || merge_results "${GLOBS[@]}"
	[[ ! $MUTANTS ]] || score_mutants
	[[ ! $KNOWN_BUGS ]] || { lab/known-bugs --results "$RESULTS/known-bugs" "${GLOBS[@]}"; exit; }
	choose_tests
	choose_kernels
	run_all
	exit
}

main "$@"
