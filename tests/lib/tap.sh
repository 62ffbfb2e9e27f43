# shellcheck shell=bash
# TAP from bash: ok, empty, diag, skip_test, done_testing.

tap_number=0
tap_failed=0

diag() { printf '%s\n' "$*" | sed 's/^/# /' >&2; }

# ok NAME COMMAND...: passes when the command succeeds; its output is shown when it does not.
ok() {
	local name=$1 output
	shift
	tap_number=$((tap_number + 1))
	if output=$("$@" 2>&1 </dev/null); then
		printf 'ok %d - %s\n' "$tap_number" "$name"
	else
		printf 'not ok %d - %s\n' "$tap_number" "$name"
		diag "$name: $*"
		diag "$(head -n 60 <<<"$output")"
		tap_failed=$((tap_failed + 1))
	fi
}

# empty NAME TEXT: passes when the text is empty; otherwise the text says what is wrong.
empty() {
	tap_number=$((tap_number + 1))
	if [[ -z $2 ]]; then
		printf 'ok %d - %s\n' "$tap_number" "$1"
	else
		printf 'not ok %d - %s\n' "$tap_number" "$1"
		diag "$1:"
		diag "$(head -n 60 <<<"$2")"
		tap_failed=$((tap_failed + 1))
	fi
}

skip_test() {
	tap_number=$((tap_number + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_number" "$1" "$2"
}

done_testing() {
	printf '1..%d\n' "$tap_number"
	exit $((tap_failed > 0))
}
