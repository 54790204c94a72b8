# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# How qemu is started, and whether KVM is to be trusted. Sourced after common.sh and arch.sh.

KVM_DEADLINE=20		# seconds for a guest that takes two

require_qemu()
{
	command -v "$QEMU" >/dev/null || die "$QEMU isn't installed: apt-get install $QEMU_PACKAGE"
}

# exec_guest ACCEL CPUS KERNEL INITRAMFS CONSOLE COMMAND_LINE QEMU-ARGUMENT...: becomes qemu, which doesn't outlive the
# caller.
exec_guest()
{
	local -a accel

	case $1 in
	kvm) accel=(-accel kvm) ;;
	tcg) accel=(-accel tcg) ;;
	tcg-single) accel=(-accel "tcg,thread=single") ;;
	esac
	# Two memory nodes, for pages to be moved between. A kernel that doesn't read the firmware's table emulates them.
	exec setpriv --pdeathsig KILL "$QEMU" "${accel[@]}" "${MACHINE[@]}" -smp "$2" -m 1024 \
		-object memory-backend-ram,id=m0,size=512M -numa node,nodeid=0,cpus="0-$(($2 - 1))",memdev=m0 \
		-object memory-backend-ram,id=m1,size=512M -numa node,nodeid=1,memdev=m1 \
		-nodefaults -no-user-config -display none -no-reboot \
		-kernel "$3" -initrd "$4" -append "$6" \
		-serial "file:$5" "${KTAP_PORT[@]}" "${@:7}" </dev/null
}

# A guest with no init panics, which is proof enough that it ran.
kvm_boots()
{
	local out line pid status=1

	exec {out}< <(exec setpriv --pdeathsig KILL "$QEMU" -accel kvm -cpu max -smp 2 -m 256 \
		-nodefaults -no-user-config -display none -no-reboot \
		-kernel "$1" -append "console=ttyS0 panic=-1" -serial stdio </dev/null 2>&1)
	pid=$!
	while IFS= read -r -t "$KVM_DEADLINE" -u "$out" line; do
		[[ $line == *'KVM internal error'* ]] && break
		[[ $line == *'Kernel panic'* ]] && status=0 && break
	done
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	exec {out}<&-
	return "$status"
}

# choose_accel KERNEL: kvm or tcg. Tried once for a machine's boot and a qemu.
choose_accel()
{
	local kernel=$1 memo answer=tcg

	if [[ $GUEST_ARCH == "$(uname -m)" && -r /dev/kvm && -w /dev/kvm ]]; then
		memo=$CACHE/kvm-$({ cat /proc/sys/kernel/random/boot_id; "$QEMU" --version; } 2>/dev/null | cksum | tr ' ' -)
		if [[ ! -s $memo ]]; then
			kvm_boots "$kernel" && answer=kvm
			mkdir -p "$CACHE" 2>/dev/null && echo "$answer" >"$memo"
		else
			answer=$(<"$memo")
		fi
	fi
	echo "$answer"
}
