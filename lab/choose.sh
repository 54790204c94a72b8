# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Which kernels a run is for. Sourced after common.sh and host.sh.

# kernel_path K: a kernel file's place.
kernel_path()
{
	[[ $1 == /* ]] && echo "$1" || echo "$CALLER/$1"
}

# config_beside FILE: its configuration, as /boot has it or as lab/build leaves it; one that isn't there is no loss.
config_beside()
{
	case ${1##*/} in
	vmlinuz-*) echo "${1%/*}/config-${1##*/vmlinuz-}" ;;
	*) echo "${1%/*}/config" ;;
	esac
}

# boot_mark FILE: a bzImage's, an arm64 Image's, or an ELF's and its machine in hex digits.
boot_mark()
{
	dd if="$1" bs=1 skip=514 count=4 2>/dev/null | tr -d '\0'
	dd if="$1" bs=1 skip=56 count=4 2>/dev/null | grep -x ARMd
	od -A n -t x1 -N 20 "$1" | tr -d ' \n' | sed -n 's/^\(7f454c46\).*\(....\)$/\1\2/p'
}

# A kernel for another machine, or a text, would make qemu run garbage.
check_kernel_file()
{
	local file

	file=$(kernel_path "$1")
	[[ -e $file || $1 == */* ]] ||
		die "$1: no such kernel: running, debian:VERSION, debian:latest, lab, lab:FLAVOUR or a file$(suggest_kernel "$1")"
	[[ -f $file && -r $file ]] || die "$1: no such kernel file"
	case $GUEST_ARCH:$(boot_mark "$file") in
	x86_64:HdrS* | x86_64:*7f454c463e00 | arm64:*ARMd*) ;;
	x86_64:*) die "$1: not a kernel for x86 (bzImage, or a vmlinux that boots by PVH)" ;;
	*) die "$1: not a kernel for arm64 (Image)" ;;
	esac
}

# flavour_of K: the lab kernel's flavour, nothing for the plain one.
flavour_of()
{
	[[ $1 != lab:* ]] || echo "${1#lab:}"
}

flavour_names()
{
	find lab/flavours -name '*.cocci' -printf '%f\n' | sed 's/\.cocci$//' | sort
}

suggest_kernel()
{
	local -a names

	mapfile -t names < <(flavour_names)
	suggestion "$1" running debian:latest debian:6.1 debian:6.12 lab "${names[@]/#/lab:}"
}

check_flavour()
{
	local flavour

	flavour=$(flavour_of "$1")
	[[ $flavour && $flavour != */* && -e lab/flavours/$flavour.cocci ]] && return
	die "$1: no such flavour: $(flavour_names | paste -sd ' ')$(suggest_kernel "$1")"
}

# check_kernels K...: what can be said of them before anything is built or fetched.
check_kernels()
{
	local k

	for k in "$@"; do
		[[ $GUEST_ARCH == x86_64 || $k != running && $k != lab* ]] ||
			die "$k: with --arch $GUEST_ARCH guests of debian:VERSION or FILE"
		case $k in
		running | debian:?* | lab) ;;
		lab:*) check_flavour "$k" ;;
		*) check_kernel_file "$k" ;;
		esac
	done
}

# any_guest K...
any_guest()
{
	local k

	for k in "$@"; do
		[[ $k == running ]] || return 0
	done
	return 1
}

# any_lab K...
any_lab()
{
	local k

	for k in "$@"; do
		[[ $k != lab && $k != lab:* ]] || return 0
	done
	return 1
}

# The first fact without which nearly everything would be skipped; nothing if the running kernel has them all.
lacks()
{
	local facts wanted

	facts=$(build/probe 2>/dev/null)
	for wanted in root=yes feature.wp=yes feature.wp_async=yes ioctl.pagemap_scan=yes thp.huge_zero=yes; do
		grep -qxF "$wanted" <<<"$facts" || { echo "$wanted"; return; }
	done
}

# default_kernel: prints it, and says why it isn't the running one.
default_kernel()
{
	local lack

	lack=$(lacks)
	if [[ $lack ]]; then
		say "the running kernel can't do the job, for it lacks $lack: taking debian:latest in a guest"
		echo debian:latest
	else
		echo running
	fi
}
