#!/bin/bash
# What the sources and the install script must not contain, and that the version is the same everywhere.
set -euo pipefail
# shellcheck source=tests/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/lib/tap.sh
. "$repo/tests/lib/tap.sh"
cd "$repo"

version=$(extension_version)
script=${build:?}/extension/scorecard--$version.sql
# The install script without comments and without the bodies of its functions, which run when they are called.
bare_script() {
	perl -0777 -pe 's/--[^\n]*//g; s/(\$\w*\$).*?\1/$1$1/gs; s/\n\s*(?=SET \w+ = [^;\n]* AS \$)/ /g; s/\bBEGIN\s+ATOMIC\b.*?\n\tEND;/BEGIN ATOMIC END;/gs' "$script"
}

ok "the control file has a version" test "$(sed -E 's/^[0-9]+\.[0-9]+\.[0-9]+$/good/' <<<"$version")" = good
empty "META.json has the same version" "$(
	perl -MJSON::PP -0777 -e '
		my $meta = decode_json(<STDIN>);
		my $provided = $meta->{provides}{scorecard};
		print "version $meta->{version}\n" if $meta->{version} ne $ARGV[0];
		print "provides.version $provided->{version}\n" if $provided->{version} ne $ARGV[0];
		print "provides.file $provided->{file}\n" if $provided->{file} ne "extension/scorecard--$ARGV[0].sql";
		for (qw(name abstract license maintainer provides version meta-spec)) {
			print "no $_\n" unless $meta->{$_};
		}' "$version" <META.json 2>&1
)"
ok "CHANGELOG.md has a section for it" grep -q "^## $version" CHANGELOG.md

ok "the install script refuses psql on its first line" \
	grep -qx '\\echo Use "CREATE EXTENSION scorecard" to load this file. \\quit' <(head -n 1 "$script")
empty "the install script creates plainly" \
	"$(bare_script | grep -niE 'OR[[:space:]]+REPLACE|IF[[:space:]]+(NOT[[:space:]]+)?EXISTS|SECURITY[[:space:]]+DEFINER|SET[[:space:]]+search_path|@ext(schema|owner)@|@TYPE@' |
		grep -vE 'SET search_path (=|TO) pg_catalog(, pg_temp)?([;[:space:]]*$|[[:space:]]+(SET|AS)\b)' || true)"
empty "the install script runs no statement but definitions" \
	"$(bare_script | grep -niE '^[[:space:]]*(DO|INSERT|UPDATE|DELETE|DROP|GRANT|REVOKE|SELECT|SET)\b' || true)"
empty "the install script has no other backslash, whose meaning a session could change" \
	"$(tail -n +2 "$script" | grep -n '[\]' || true)"
empty "functions in SQL have parsed bodies" \
	"$(perl -0777 -ne 's/--[^\n]*//g; while (/CREATE\s+FUNCTION\s+(\w+)([^;]*);/gis) { print "$1\n" if $2 =~ /LANGUAGE\s+sql/i && $2 =~ /\bAS\b\s*[\x27\$]/i }' "$script")"

empty "the core does not know PostgreSQL's server" \
	"$(grep -nE '#include[[:space:]]+["<](postgres|fmgr|utils/|access/|catalog/|nodes/|executor/|lib/|libpq/|funcapi)' extension/core/*.[ch] || true)"
empty "the core includes nothing of the glue" \
	"$(grep -nE '#include[[:space:]]+"\.\./' extension/core/*.[ch] || true)"
empty "the core neither allocates nor exits" \
	"$(grep -nE '\b(malloc|calloc|realloc|alloca|palloc|free|exit|abort|printf)[[:space:]]*\(' extension/core/*.c || true)"
empty "glue and core files share no name" \
	"$(comm -12 <(cd extension && printf '%s\n' *.c | sort) <(cd extension/core && printf '%s\n' *.c | sort))"
empty "version differences live in compat.h" \
	"$(grep -lE 'PG_VERSION_NUM' extension/*.[ch] extension/core/*.[ch] | grep -v '^extension/compat\.h$' || true)"
empty "errors have an SQLSTATE: no elog(ERROR)" "$(grep -nE '\belog[[:space:]]*\([[:space:]]*ERROR' extension/*.c || true)"

text_files() {
	find . \( -path ./.git -o -path ./build -o -path ./results -o -path ./expected \) -prune -o -type f \
		\( -name '*.[ch]' -o -name '*.sql' -o -name '*.in' -o -name '*.sh' -o -name '*.p[lmy]' -o -name '*.md' -o -name Makefile \
		-o -name '*.R' -o -name '*.java' -o -name '*.m*js' -o -name '*.js*' -o -name '*.svelte' -o -name '*.yaml' \
		-o -path ./test -o -path ./demo -o -path ./.ci/run \) ! -name 'scorecard--?.?.?.sql' -print
}
mapfile -t texts < <(text_files)
# Two spaces at the end of a line of Markdown are a line break.
empty "no trailing white space" "$(grep -nE '[[:space:]]+$' "${texts[@]}" | grep -vE '^[^:]*\.md:[0-9]+:.*[^ ]  $' | head -n 20 || true)"
empty "no file ends without a line end" \
	"$(for file in "${texts[@]}"; do [[ ! -s $file || -z $(tail -c 1 "$file") ]] || echo "$file"; done)"

mapfile -t scripts < <(grep -lE '^#!/bin/bash|^# shellcheck shell=bash' "${texts[@]}" tests/majors tests/fuzz/run tests/*/run 2>/dev/null | sort -u)
empty "scripts stop at the first error" "$(
	for file in "${scripts[@]}"; do
		[[ $(head -n 1 "$file") != '#!/bin/bash' ]] || grep -q '^set -euo pipefail$' "$file" || echo "$file"
	done
)"
ok "scripts are bash" bash -n "${scripts[@]}"
if command -v shellcheck >/dev/null; then
	ok "shellcheck finds nothing" shellcheck -x "${scripts[@]}"
else
	skip_test "shellcheck finds nothing" "shellcheck is not installed"
fi

done_testing
