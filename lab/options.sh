# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh's command line: one table feeds the parser and --help. The settings are read-only once parsed.
# Sourced after common.sh; CALLER is the folder that relative names are meant from.
#
# The option functions are called by name, and the settings are for run.sh.
# shellcheck disable=SC2034,SC2317

SUITE_VERSION=0.1
SELF=./run.sh
[[ -e Makefile ]] || SELF=uffd-wp-conform

# short, long, what its value is called ([..]: may be left out), help. '-k K' calls 'option_kernel K'.
OPTIONS=(
	"-k|kernel|K|running | debian:VERSION | debian:latest | lab[:FLAVOUR] | FILE; repeatable"
	"|arch|A|the guests' architecture: x86_64 | arm64"
	"|matrix|[FILE]|all kernels that FILE lists (lab/kernels), and DIR/matrix.{txt,tsv}"
	"|append|ARGS|added to a guest's kernel command line"
	"|cpus|N|a guest's virtual processors, 1 to 8 (default 2)"
	"|mutants|[GLOB]|what notices the lab kernel's mutants (or those that match); the score"
	"|peers||with --mutants: the kernel's own selftests on them as well"
	"|known-bugs|[ON]|what notices bugs of the past (or those shown ON a glob); silent once fixed"
	"|explore|[SEC]|operations by chance against the model, SEC seconds long (60)"
	"|seed|N|where --explore begins; it prints what it began with"
	"|replay|PROGRAM|one program against the model, as --explore prints it"
	"|allow-known||known bugs don't fail the run, new ones do"
	"|full||also the tests that take long"
	"|profile|NAME|for one kind of user: SAFE, UNSAFE, UNKNOWN; exit 0, 1, 3 (docs/verdict.md)"
	"|probe||what write protection is and means here; --format json for programs"
	"-l|list||cases, tests, and the requirements that each covers"
	"-r|results|DIR|where DIR/KERNEL/{run.ktap,console.log,verdict.txt} go (default results/)"
	"|format|F|also DIR/report.*: junit | json | html | kcidb | all; repeatable"
	"|bisect||exit for git bisect run: 0 good, 1 bad, 125 can't tell (docs/bisect.md)"
	"|shard|I/N|the I-th of N parts of the cases, or of the mutants; always the same"
	"|merge||arguments are the parts' results folders: the verdict on the whole"
	"|repeat|N|run everything N times"
	"|shuffle|[SEED]|run the tests one by one, in an order that SEED decides"
	"-j|jobs|N|cases at a time, 1 or 2 (default: 2 in a guest, else 1)"
	"|timeout|SEC|how long a case may take (default 300)"
	"|setup||install what is missing, build, and stop"
	"-h|help||this text"
	"|version||the suite's version"
)

# Which options were given: [LONG]=yes.
declare -A GIVEN=()
KERNELS=()
MATRIX=''
GLOBS=()
APPEND=''
CPUS=''
MUTANTS=''
PEERS=''
KNOWN_BUGS=''
ALLOW_KNOWN=()
FULL=''
PROFILE=()
EXPLORE=''
EXPLORE_SEED=''
REPLAY=''
LIST=''
PROBE=''
RESULTS=''
FORMATS=()
SHARD=''
MERGE=''
REPEAT=1
SEED=''
JOBS=''
TIMEOUT=300
SETUP=''

option_kernel() { KERNELS+=("$1"); }
option_arch()
{
	[[ $1 == x86_64 || $1 == arm64 ]] || die "--arch wants x86_64 or arm64, not '$1'"
	GUEST_ARCH=$1
}
option_matrix()
{
	MATRIX=lab/kernels
	[[ ! $1 ]] || MATRIX=$(from_caller "$1")
}
option_append() { APPEND=$1; }
option_cpus()
{
	[[ $1 == [1-8] ]] || die "--cpus wants 1 to 8, not '$1'"
	CPUS=$1
}
option_mutants()
{
	MUTANTS=yes
	[[ ! $1 ]] || GLOBS+=("$1")
}
option_known_bugs()
{
	KNOWN_BUGS=yes
	[[ ! $1 ]] || GLOBS+=("$1")
}
option_peers() { PEERS=yes; }
option_allow_known() { ALLOW_KNOWN=(--allow-known); }
profile_names() { grep -v '^#' expected/profiles.tsv | cut -f 1 | uniq; }
option_profile()
{
	# The names are words.
	# shellcheck disable=SC2046
	cut -f 1 expected/profiles.tsv | grep -qxF -- "$1" ||
		die "no profile '$1': $(profile_names | paste -sd ' ')$(suggestion "$1" $(profile_names))"
	PROFILE=(--profile "$1")
}
option_explore()
{
	EXPLORE=$(positive --explore "${1:-60}") || exit
	GLOBS+=('explore:*.random_*')
	((TIMEOUT += EXPLORE))
}
option_seed() { EXPLORE_SEED=$(positive --seed "$1") || exit; }
option_replay()
{
	[[ $1 != *[[:space:]\"\']* ]] || die "--replay wants a program without blanks: 'async/huge-zero/512;protect(0-512);store(5)'"
	REPLAY=$1
	GLOBS+=('explore:*.replayed_*')
}
option_full() { FULL=1; }
option_list() { LIST=yes; }
option_probe() { PROBE=yes; }
option_results() { RESULTS=$(from_caller "$1"); }
option_format()
{
	case $1 in
	all) FORMATS+=(junit json html kcidb) ;;
	junit | json | html | kcidb) FORMATS+=("$1") ;;
	*) die "--format wants junit, json, html, kcidb or all, not '$1'" ;;
	esac
}
option_bisect() { :; }	# never comes here: see lab/bisect.sh
option_shard()
{
	[[ $1 =~ ^([1-9][0-9]{0,2})/([1-9][0-9]{0,2})$ && ${BASH_REMATCH[1]} -le ${BASH_REMATCH[2]} ]] ||
		die "--shard wants I/N, as in 1/3, not '$1'"
	SHARD=$1
}
option_merge() { MERGE=yes; }
option_repeat() { REPEAT=$(positive --repeat "$1") || exit; }
option_shuffle() { SEED=${1:-$RANDOM}; }
option_jobs()
{
	[[ $1 == [12] ]] || die "--jobs wants 1 or 2, not '$1'"
	JOBS=$1
}
option_timeout() { TIMEOUT=$(positive --timeout "$1") || exit; }
option_setup() { SETUP=yes; }
option_version() { echo "uffd-wp-conform $SUITE_VERSION"; exit; }

# What is installed can't be written to.
default_results()
{
	[[ -e Makefile ]] && echo "$PWD/results" || echo "$CALLER/results"
}

from_caller()
{
	[[ $1 == /* ]] && echo "$1" || echo "$CALLER/$1"
}

positive()
{
	[[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || die "$1 wants a number from 1 on, not '$2'"
	echo "$2"
}

option_help()
{
	local row short long value help

	echo "usage: $SELF [options] [CASE[:TEST] glob ...]"
	for row in "${OPTIONS[@]}"; do
		IFS='|' read -r short long value help <<<"$row"
		[[ $value == \[* ]] && value="[=${value:1}" || value=${value:+ $value}
		printf '  %-3s --%-17s%s\n' "${short:+$short,}" "$long$value" "$help"
	done
	cat <<-END
	no kernel given: the running one if it can do the job, else debian:latest in a guest
	exit: 0 CONFORMS   1 DOES NOT CONFORM   2 usage or set-up error   3 INCOMPLETE   130 interrupted
	      several kernels: the worst of theirs, in the order 2, 1, 3, 0
	END
	exit
}

# find_option WORD: sets LONG and VALUE from its row.
find_option()
{
	local row short help names

	for row in "${OPTIONS[@]}"; do
		IFS='|' read -r short LONG VALUE help <<<"$row"
		[[ $1 == "--$LONG" || ($short && $1 == "$short") ]] && return
	done
	mapfile -t names < <(option_names)
	die "unknown option $1: ./run.sh --help lists them$(suggestion "$1" "${names[@]}")"
}

parse_options()
{
	local word

	while (($#)); do
		word=$1
		shift
		case $word in
		--) GLOBS+=("$@"); break ;;
		--*=*) find_option "${word%%=*}"
			[[ $VALUE ]] || die "--$LONG takes no value"
			set -- "${word#*=}" "$@" ;;
		-?*) find_option "$word"
			[[ $VALUE != \[* ]] || set -- "" "$@"
			[[ ! $VALUE ]] || need_value "$word" "$@" ;;
		*) GLOBS+=("$word"); continue ;;
		esac
		GIVEN[$LONG]=yes
		if [[ $VALUE ]]; then
			[[ $1 || $VALUE == \[* || $LONG == append ]] || die "--$LONG needs a value, not an empty one"
			"option_${LONG//-/_}" "$1"
			shift
		else
			"option_${LONG//-/_}"
		fi
	done
	[[ $RESULTS ]] || RESULTS=$(default_results)
}
