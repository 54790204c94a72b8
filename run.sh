#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The one entry point: builds, runs the cases on the kernels asked for, prints a verdict for each.
# Standard output is KTAP and verdicts, standard error all else. See --help.
set -u -o pipefail

CALLER=$PWD
cd "$(dirname "$(readlink -f "$0")")" || exit 2
# shellcheck source=lab/common.sh
. lab/common.sh
# shellcheck source=lab/options.sh
. lab/options.sh
# shellcheck source=lab/choose.sh
. lab/choose.sh
# shellcheck source=lab/select.sh
. lab/select.sh

# What depends on the architecture asked for.
load_arch()
{
	# shellcheck source=lab/arch.sh
	. lab/arch.sh
	# shellcheck source=lab/host.sh
	. lab/host.sh
}

check_results()
{
	{ mkdir -p "$RESULTS" && : >"$RESULTS/.probe"; } 2>/dev/null || die "$RESULTS: results cannot be written there"
	rm -f "$RESULTS/.probe"
}

check_host()
{
	require "${BUILD_NEEDS[@]}"
	if [[ $SETUP ]] || any_guest "${KERNELS[@]}"; then
		require "${GUEST_NEEDS[@]}"
	fi
	((${#FORMATS[@]} == 0)) || require "${FORMAT_NEEDS[@]}"
	if any_lab "${KERNELS[@]}" || [[ $MUTANTS ]]; then
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

build()
{
	make -s -j "$(nproc)" all >&2 || die "the build failed"
	((${#FORMATS[@]} == 0)) || make -s build/present >&2 || die "the build failed"
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

	lab/score --results "$RESULTS/mutants" "${GLOBS[@]}"
	status=$?
	((status <= 1)) && [[ $PEERS ]] || exit "$status"
	lab/peers --results "$RESULTS/mutants" --beside "$RESULTS/mutants/score.tsv" "${GLOBS[@]}" || exit
	exit "$status"
}

# A reader that has seen enough, such as head, is no error.
print_list()
{
	list_tests >"$WORK/all" || exit
	select_tests "${GLOBS[@]}" <"$WORK/all" >"$WORK/selected" || exit
	sed 's/\t/:/' "$WORK/selected"
	exit 0
}

choose_tests()
{
	list_tests >"$WORK/all" || exit
	select_tests "${GLOBS[@]}" <"$WORK/all" >"$WORK/selected" || exit
	make_plan "$WORK/all" "$WORK/selected" "$TIMEOUT" "$REPEAT" "$SEED" "${GLOBS[@]}" >"$WORK/plan"
}

# stream_to FOLDER COMMAND...: its output goes to run.ktap as it comes, and to standard output if there is one kernel.
stream_to()
{
	local folder=$1 out writer producer status

	shift
	exec {out}>&1
	((${#KERNELS[@]} == 1)) || exec {out}>/dev/null
	mkfifo "$WORK/stream" || die "cannot make a pipe in $WORK"
	tee -i --output-error=exit "$folder/run.ktap" <"$WORK/stream" 1>&"$out" 2>"$WORK/tee" &
	writer=$!
	undo_push wait "$writer"
	"$@" >"$WORK/stream" &
	producer=$!
	undo_push end_process "$producer"
	wait "$producer"
	status=$?
	wait "$writer" || die "${folder}/run.ktap: cannot be written: $(sed -n '1s/.*: //p' "$WORK/tee")"
	undo_pop
	undo_pop
	rm -f "$WORK/stream"
	exec {out}>&-
	return "$status"
}

# plan_for JOBS: prints the file of the plan with so many cases at a time.
plan_for()
{
	sed "1i @jobs $1" "$WORK/plan" >"$WORK/plan.$1"
	echo "$WORK/plan.$1"
}

# told_to_cases: what the cases are told by their environment, which a guest's kernel command line is too.
told_to_cases()
{
	local name

	for name in FULL EXPLORE EXPLORE_SEED REPLAY; do
		[[ ! ${!name} ]] || printf 'UFFD_WP_CONFORM_%s=%s ' "$name" "${!name}"
	done
	echo
}

run_on_host()
{
	local -a told

	read -ra told < <(told_to_cases)
	((${#told[@]} == 0)) || export "${told[@]}"
	stream_to "$1" build/runner "$(plan_for "${JOBS:-1}")" build/probe
}

# boot_guest FOLDER KERNEL JOBS APPEND IMAGE-OPTIONS...
boot_guest()
{
	local folder=$1 kernel=$2 jobs=$3 append=$4

	shift 4
	lab/image "$@" -o "$WORK/guest.cpio" "$(plan_for "$jobs")" || return
	stream_to "$folder" lab/boot --cpus "${CPUS:-2}" --append "$append $(told_to_cases)" \
		--console "$folder/console.log" --silence $((TIMEOUT + 60)) "$kernel" "$WORK/guest.cpio"
}

# boot_again FOLDER KERNEL APPEND IMAGE-OPTIONS...: of two cases at work either may have been the end of the guest. One at a
# time tells which; if the guest lives then, that it died is all there is to say.
boot_again()
{
	local folder=$1 status

	say "the guest died with two cases at work: booting again, one at a time"
	mv "$folder/run.ktap" "$folder/run.ktap.two"
	mv "$folder/console.log" "$folder/console.log.two"
	boot_guest "$1" "$2" 1 "${@:3}"
	status=$?
	((status == 0)) || return "$status"
	mv "$folder/run.ktap.two" "$folder/run.ktap"
	mv "$folder/console.log.two" "$folder/console.log"
	return 1
}

# run_in_guest FOLDER KERNEL [CONFIG [MODULES]]
run_in_guest()
{
	local -a with=()
	local status

	[[ ! -r ${3-} ]] || with+=(-c "$3")
	[[ ! -d ${4-} ]] || with+=(-m "$4")
	boot_guest "$1" "$2" "${JOBS:-2}" "$APPEND" "${with[@]}"
	status=$?
	((status == 1 && ${JOBS:-2} > 1)) || return "$status"
	boot_again "$1" "$2" "$APPEND" "${with[@]}"
}

# run_in_lab FOLDER lab[:FLAVOUR]: one case at a time, for what the kernel's log says is charged to who was running.
run_in_lab()
{
	local flavour at

	at=$(lab/build) || return
	flavour=$(flavour_of "$2")
	boot_guest "$1" "$at/vmlinux" "${JOBS:-1}" "${flavour:+flavour=$flavour }$APPEND" -c "$at/config"
}

run_kernel()
{
	local k=$1 folder=$2 at

	case $k in
	running) run_on_host "$folder" ;;
	lab | lab:*) run_in_lab "$folder" "$k" ;;
	debian:*)
		at=$(lab/fetch "$k") || return
		run_in_guest "$folder" "$at/vmlinuz" "$at/config" "$at/modules" ;;
	*)
		at=$(kernel_path "$k")
		run_in_guest "$folder" "$at" "$(config_beside "$at")" "$(dirname "$at")/modules" ;;
	esac
}

# Where a kernel's results go. No colon: there are systems that can't copy such a name.
results_folder()
{
	local name=${1##*/}

	echo "$RESULTS/${name//:/_}"
}

# A run that died is judged by what it has shown; one that never began, or that the user ended, isn't.
judge()
{
	local k=$1 folder=$2 status=$3

	((status == EXIT_INTERRUPTED)) && exit "$status"
	if ((status == EXIT_SETUP)); then
		say "$k: no verdict"
		return "$status"
	fi
	build/report --expected expected --kernel "$k" --verdict "$folder/verdict.txt" --json "$folder/verdict.json" \
		"${ALLOW_KNOWN[@]}" "${PROFILE[@]}" <"$folder/run.ktap"
}

run_and_judge()
{
	local k=$1 folder status

	folder=$(results_folder "$k")
	mkdir -p "$folder" 2>/dev/null || die "$folder: cannot be written"
	rm -f "$folder"/{run.ktap,console.log,verdict.txt,verdict.json}
	((${#KERNELS[@]} == 1)) || say "running $k"
	run_kernel "$k" "$folder"
	status=$?
	judge "$k" "$folder" "$status"
}

# write_reports KERNEL...: those that came to a verdict, in one document a format.
write_reports()
{
	local k format
	local -a verdicts=()
	local -A name=([junit]=junit.xml [json]=json [html]=html [kcidb]=kcidb.json)

	for k in "$@"; do
		[[ ! -s $(results_folder "$k")/verdict.json ]] || verdicts+=("$(results_folder "$k")/verdict.json")
	done
	((${#verdicts[@]})) || return 0
	for format in "${FORMATS[@]}"; do
		build/present --format "$format" --output "$RESULTS/report.${name[$format]}" "${verdicts[@]}" || return
	done
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

main()
{
	local k worst=0

	undo_arm
	parse_options "$@"
	load_arch
	make_work_folder
	check_kernels "${KERNELS[@]}"
	[[ $LIST || $SETUP ]] || check_results
	check_host
	build
	[[ ! $SETUP ]] || exit 0
	[[ ! $PEERS || $MUTANTS ]] || die "--peers goes with --mutants"
	[[ ! $LIST ]] || print_list
	[[ ! $MUTANTS ]] || score_mutants
	choose_tests
	choose_kernels
	for k in "${KERNELS[@]}"; do
		run_and_judge "$k"
		worst=$(worse "$worst" "$?")
	done
	write_reports "${KERNELS[@]}" || worst=$EXIT_SETUP
	exit "$worst"
}

main "$@"
