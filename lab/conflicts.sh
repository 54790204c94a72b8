# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Options that can't stand together: one that would go unheard is a mistake, and is told before anything is done.
# Sourced after options.sh and choose.sh.

# Beside the first, the others go unheard.
UNHEARD=(
	"mutants: arch append cpus explore replay profile format full repeat shuffle jobs timeout allow-known list probe merge known-bugs matrix"
	"known-bugs: kernel matrix arch append cpus explore replay profile format full repeat shuffle jobs list probe merge"
	"probe: list merge matrix explore replay profile full repeat shuffle shard"
	"merge: kernel matrix arch append cpus explore replay full repeat shuffle jobs timeout shard list"
	"replay: explore"
)
# The first is for one of the others only.
NEEDED=(
	"peers: mutants"
	"seed: explore"
)

check_unheard()
{
	local row one other

	for row in "${UNHEARD[@]}"; do
		one=${row%%:*}
		[[ ${GIVEN[$one]-} ]] || continue
		for other in ${row#*:}; do
			[[ ! ${GIVEN[$other]-} ]] || die "--$other has no say with --$one: leave one of them out"
		done
	done
}

check_needed()
{
	local row one

	for row in "${NEEDED[@]}"; do
		one=${row%%:*}
		[[ ! ${GIVEN[$one]-} || ${GIVEN[${row#*: }]-} ]] || die "--$one goes with --${row#*: }"
	done
}

# The running kernel is booted already, and mutants are the lab kernel's.
check_guests_asked()
{
	local one k

	((${#KERNELS[@]})) || return 0
	for one in append cpus; do
		[[ ! ${GIVEN[$one]-} ]] || any_guest "${KERNELS[@]}" || die "--$one is for a guest, and '-k running' is none"
	done
	for k in "${KERNELS[@]}"; do
		[[ ! ${GIVEN[mutants]-} || $k == lab ]] || die "--mutants are the lab kernel's: leave '-k $k' out"
	done
}

# Each kernel's results have a folder of their own, or the last would take the first's.
check_folders()
{
	local k folder
	local -A whose=()

	[[ ! $MATRIX ]] || return 0
	for k in "${KERNELS[@]}"; do
		folder=$(results_folder "$k")
		[[ ! ${whose[$folder]-} ]] || die "-k ${whose[$folder]} and -k $k: both would have their results in $folder"
		whose[$folder]=$k
	done
}

check_format()
{
	[[ ! $PROBE || ! ${FORMATS[*]-} || ${FORMATS[*]} == json ]] || die "--probe knows --format json, and no other"
}

check_conflicts()
{
	check_format
	check_unheard
	check_needed
	check_guests_asked
	check_folders
}
