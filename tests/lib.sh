# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# TOP and FAILED are for who sources this.
# shellcheck disable=SC2034
#
# What the suite's own tests share: each prints TAP lines, one a claim, and exits 1 when one failed.

TOP=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
FAILED=0
COUNT=0

# pass CLAIM
pass()
{
	COUNT=$((COUNT + 1))
	echo "ok $COUNT - $1"
}

# fail CLAIM [FILE]: the file's text is what was seen.
fail()
{
	COUNT=$((COUNT + 1))
	FAILED=1
	echo "not ok $COUNT - $1"
	[[ ${2-} ]] && tail -n 40 "$2" | sed 's/^/#   /'
	return 0
}

# skip CLAIM WHY
skip()
{
	COUNT=$((COUNT + 1))
	echo "ok $COUNT - $1 # SKIP $2"
}

# claim CLAIM COMMAND...: passes when the command succeeds; shows what it printed when not.
claim()
{
	local text=$1 out status

	shift
	out=$(mktemp)
	if "$@" >"$out" 2>&1; then
		pass "$text"
	else
		status=$?
		echo "# exit status $status" >>"$out"
		fail "$text" "$out"
	fi
	rm -f "$out"
}

# need PROGRAM PACKAGE: installs what a bare Debian lacks, where we may.
need()
{
	command -v "$1" >/dev/null && return 0
	((EUID == 0)) || return 1
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null 2>&1
}

# What a run may change of the machine: what can be written is a setting; swap devices, mounts, and cgroups of ours.
machine_settings()
{
	find /sys/kernel/mm/transparent_hugepage /sys/kernel/mm/ksm -type f -perm -200 -exec grep -Hs . {} + | sort
	grep -Hs . /proc/sys/vm/{compaction_proactiveness,swappiness,nr_hugepages} /proc/sys/kernel/numa_balancing
	cat /proc/swaps
	cut -d' ' -f5 /proc/self/mountinfo
	find /sys/fs/cgroup -type d -name 'uffd-wp*' 2>/dev/null | sort
}
