#!/bin/bash
# The ways to build that a packager uses, each from a clean copy of the sources.
set -euo pipefail
# shellcheck source=tests/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/lib/tap.sh
. "$repo/tests/lib/tap.sh"

version=$(extension_version)
scratch=${private:?}/ways
make=(make --no-print-directory -j"$(nproc)" PG_CONFIG="$PG_CONFIG")
mkdir -p "$scratch/src" "$scratch/out" "$scratch/root"
while IFS= read -r file; do
	mkdir -p "$scratch/src/$(dirname "$file")"
	cp -pL "${build:?}/$file" "$scratch/src/$file"
done <"${build:?}/files"

cd "$scratch/out"
ok "out of tree, without LLVM, warnings are errors" "${make[@]}" -f ../src/Makefile with_llvm=no PROFILE=-Werror all
ok "out of tree, the library is there" test -s scorecard.so
ok "out of tree, the install script is the same" \
	cmp "extension/scorecard--$version.sql" "$build/extension/scorecard--$version.sql"
empty "out of tree, no bitcode" "$(find . -name '*.bc')"
ok "out of tree, install" "${make[@]}" -f ../src/Makefile with_llvm=no DESTDIR="$scratch/root" install
for file in "$("$PG_CONFIG" --pkglibdir)/scorecard.so" "$("$PG_CONFIG" --sharedir)/extension/scorecard.control" \
	"$("$PG_CONFIG" --sharedir)/extension/scorecard--$version.sql"; do
	ok "out of tree, installs ${file##*/}" test -s "$scratch/root$file"
done
ok "out of tree, uninstall" "${make[@]}" -f ../src/Makefile with_llvm=no DESTDIR="$scratch/root" uninstall
empty "uninstall leaves nothing" "$(find "$scratch/root" -type f)"
ok "out of tree, clean" "${make[@]}" -f ../src/Makefile with_llvm=no clean
empty "clean leaves nothing" "$(find . -type f)"

cd "$scratch/src"
before=$(find . -type f | sort)
ok "in the source directory, with everything" "${make[@]}" all
empty "nothing is rebuilt when nothing changed" "$("${make[@]}" -n all | grep -vE "^make.*Nothing to be done" || true)"
ok "a changed header rebuilds" grep -q 'core/error\.o' <("${make[@]}" -n -W extension/core/error.h all)
ok "in the source directory, clean" "${make[@]}" clean
empty "clean restores the source directory" "$(diff <(echo "$before") <(find . -type f | sort) || true)"

done_testing
