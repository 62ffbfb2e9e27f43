# shellcheck shell=bash
# What every script of this repository shares. Source it first; it needs nothing but bash and coreutils.

umask 022
export LC_ALL=C.UTF-8
unset LANGUAGE CDPATH

repo=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly repo

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "$*" >&2; }
heading() { printf '\n== %s ==\n' "$*"; }

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# Run a command; show what it printed only if it fails.
quietly() {
	local output status=0
	output=$(mktemp "${TMPDIR:-/tmp}/scorecard-log.XXXXXX")
	"$@" >"$output" 2>&1 || status=$?
	((status == 0)) || cat -- "$output" >&2
	rm -f -- "$output"
	return "$status"
}

# Words to put before a program under the address sanitizer, which some kernels' random addresses break now and then.
steady_addresses() {
	! setarch "$(uname -m)" -R true 2>/dev/null || echo setarch "$(uname -m)" -R
}

extension_version() {
	sed -n "s/^default_version *= *'\(.*\)'/\1/p" "$repo/scorecard.control"
}
