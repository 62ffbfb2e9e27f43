#!/bin/bash
# What the library and its bitcode contain. Run by ./test build, which sets build and PG_CONFIG.
set -euo pipefail
# shellcheck source=tests/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/lib/tap.sh
. "$repo/tests/lib/tap.sh"

library=${build:?}/scorecard.so
script=$build/extension/scorecard--$(extension_version).sql

# The C symbols that the install script names: those given in AS, else the function's own name.
declared() {
	perl -0777 -ne '
		s/--[^\n]*//g;
		while (/CREATE\s+FUNCTION\s+("?\w+"?)(.*?);\s*(?=\n|\z)/gis) {
			my ($name, $rest) = ($1, $2);
			next unless $rest =~ /LANGUAGE\s+C\b/i;
			print $rest =~ /AS\s+\x27MODULE_PATHNAME\x27\s*,\s*\x27(\w+)\x27/i ? $1 : $name =~ s/"//gr, "\n";
		}' "$script" | sort -u
}

exported() {
	nm -D --defined-only "$library" | awk '$2 ~ /[A-Z]/ { print $3 }' | sed 's/@.*//' | sort -u
}

functions() { exported | grep -vE '^(pg_finfo_|Pg_magic_func$|_PG_init$|_PG_fini$)' || true; }

ok "the library carries the magic block" grep -qx Pg_magic_func <(exported)
ok "the install script declares C functions" test -n "$(declared)"
empty "every declared function is exported" "$(comm -23 <(declared) <(functions))"
empty "nothing else is exported" "$(comm -13 <(declared) <(functions))"
empty "every exported function has its record" \
	"$(comm -3 <(functions) <(exported | sed -n 's/^pg_finfo_//p'))"

# The just-in-time compiler must not contract a*b+c either.
llvm=$(sed -n 's/^LLVM_BINPATH *= *//p' "$(dirname "$("$PG_CONFIG" --pgxs)")/../Makefile.global")
if ! compgen -G "$build/extension/*.bc" >/dev/null; then
	skip_test "no fmuladd in the bitcode" "this PostgreSQL is built without LLVM"
elif [[ ! -x $llvm/llvm-dis ]]; then
	skip_test "no fmuladd in the bitcode" "llvm-dis is not installed"
else
	found=
	while IFS= read -r file; do
		if "$llvm/llvm-dis" -o - "$file" | grep -E 'llvm\.(fmuladd|fma)\.|fmul[^,]* (fast|contract)' >/dev/null; then found+="$file"$'\n'; fi
	done < <(find "$build/extension" -name '*.bc')
	empty "no fmuladd in the bitcode" "$found"
fi
empty "no fused multiply-add in the library" "$(objdump -d "$library" | grep -E 'vfn?m(add|sub)' | head -n 5 || true)"

done_testing
