# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# How a plan is run on a kernel, here or in a guest. Sourced after common.sh, choose.sh and options.sh, whose settings it reads.
#
# shellcheck disable=SC2153

# expected_results: how many of them the plan's tests have.
expected_results()
{
	[[ -s $WORK/selected ]] && echo $(($(wc -l <"$WORK/selected") * REPEAT)) || echo 0
}

# open_output NAME: sets OUTPUT, where a stream goes besides its file: standard output if there is one kernel. On its way it
# passes whoever draws the progress, SHOWER, where somebody looks on.
open_output()
{
	exec {OUTPUT}>&1
	((${#KERNELS[@]} == 1)) || exec {OUTPUT}>/dev/null
	SHOWER=
	[[ -t 2 ]] || return 0
	exec {OUTPUT}> >(exec build/progress "$(expected_results)" "$1" 1>&"$OUTPUT")
	SHOWER=$!
}

close_output()
{
	exec {OUTPUT}>&-
	[[ ! $SHOWER ]] || wait "$SHOWER"
}

# stream_to FOLDER COMMAND...: its output goes to run.ktap as it comes, and to open_output()'s.
stream_to()
{
	local folder=$1 writer producer status

	shift
	open_output "${folder##*/}"
	mkfifo "$WORK/stream" 2>/dev/null || die "cannot make a pipe in $WORK"
	tee -i --output-error=exit "$folder/run.ktap" <"$WORK/stream" 1>&"$OUTPUT" 2>"$WORK/tee" &
	writer=$!
	undo_push wait "$writer"
	"$@" >"$WORK/stream" &
	producer=$!
	undo_push end_process "$producer"
	wait "$producer"
	status=$?
	wait "$writer" || die "$(sed -n '1s/^tee: \(.*\): /\1: cannot be written: /p' "$WORK/tee")"
	undo_pop
	undo_pop
	rm -f "$WORK/stream"
	close_output
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
