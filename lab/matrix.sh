# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# --matrix: all kernels of a list, then one table of kernels and requirements. Sourced by run.sh.
#
# shellcheck disable=SC2034,SC2153

# read_matrix: KERNELS and, beside them, ARCHES, as the file MATRIX lists them.
read_matrix()
{
	local kernel arch rest

	((${#KERNELS[@]} == 0)) || die "--matrix has its kernels from $MATRIX: leave out -k"
	[[ ! ${GUEST_ARCH-} ]] || die "--matrix has its architectures from $MATRIX: leave out --arch"
	[[ -f $MATRIX && -r $MATRIX ]] || die "$MATRIX: no list of kernels"
	ARCHES=()
	while read -r kernel arch rest; do
		[[ $kernel && $kernel != \#* ]] || continue
		case ${arch:=x86_64} in
		x86_64 | arm64) [[ ! $rest ]] ;;
		*) false ;;
		esac || die "$MATRIX: '$kernel $arch $rest': a kernel, and behind it x86_64 or arm64"
		KERNELS+=("$kernel")
		ARCHES+=("$arch")
	done <"$MATRIX"
	((${#KERNELS[@]})) || die "$MATRIX: lists no kernel"
}

# prepare_matrix: everything is looked at and built before the first guest runs.
prepare_matrix()
{
	local arch i
	local -a kernels

	for arch in x86_64 arm64; do
		kernels=()
		for i in "${!KERNELS[@]}"; do
			[[ ${ARCHES[i]} != "$arch" ]] || kernels+=("${KERNELS[i]}")
		done
		((${#kernels[@]} == 0)) || prepare "$arch" "${kernels[@]}"
	done
}

# enter_row I: the architecture of kernel I is that of what runs from here on.
enter_row()
{
	GUEST_ARCH=${ARCHES[$1]}
	load_arch
}

# write_matrix VERDICT.json...: both tables; the one for people is shown, too.
write_matrix()
{
	build/present --format tsv --output "$RESULTS/matrix.tsv" "$@" &&
		build/present --format text --output "$RESULTS/matrix.txt" "$@" && echo && cat "$RESULTS/matrix.txt"
}
