# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# ./run.sh --probe: the facts of a kernel, and what each means. Sourced after run.sh and options.sh.

# facts_of K: the stream of a run without cases.
facts_of()
{
	: >"$WORK/plan"
	mkdir "$WORK/facts" || die "$WORK: cannot be written"
	run_kernel "$1" "$WORK/facts" >"$WORK/seen" || { say "$1: no facts"; return "$EXIT_SETUP"; }
	cat "$WORK/facts/run.ktap"
	rm -rf "$WORK/facts"
}

print_probe()
{
	local k json=()

	((${#FORMATS[@]} == 0)) || json=(--json)
	((${#KERNELS[@]})) || KERNELS=(running)
	((${#KERNELS[@]} == 1 || ${#json[@]} == 0)) || die "--probe --format json takes one kernel"
	for k in "${KERNELS[@]}"; do
		facts_of "$k" >"$WORK/facts.ktap" || exit
		build/facts "${json[@]}" <"$WORK/facts.ktap" || exit
	done
	exit 0
}
