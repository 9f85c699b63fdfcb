#!/bin/sh
# The main job, done by an installed wheel: $1 is its `bureau`. Run by `make wheel-test`.
set -eu
bureau=$1
HOME=$(mktemp -d)
export HOME
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME || true

"$bureau" --version
"$bureau" clients --help | grep -q "bureau clients"
rows=$("$bureau" clients list --group payday-20 --quiet -o ids | wc -l)
test "$rows" -gt 10
"$bureau" clients list --group payday-20 --quiet --out "$HOME/clients.xlsx"
test -s "$HOME/clients.xlsx"
"$bureau" dashboard --quiet --out "$HOME/figures.html"
grep -q "<svg" "$HOME/figures.html"
"$bureau" snapshot save autumn --quiet -o json | grep -q '"autumn"'
"$bureau" status --as-of autumn --quiet -o ids | grep -q "^10001$"
share=$(dirname "$bureau")/../share
for file in bash-completion/completions/bureau zsh/site-functions/_bureau fish/vendor_completions.d/bureau.fish \
    man/man1/bureau.1 man/man1/bureau-clients.1; do
    test -s "$share/$file"
done
"$bureau" completion show fish | cmp - "$share/fish/vendor_completions.d/bureau.fish"
"$bureau" completion install zsh --quiet -o json | grep -q '"state":"current"'
"$bureau" --complete fish clients 1001 | grep -q "^1001"
code=0
"$bureau" clients list --group no-such-group 2>/dev/null || code=$?
test "$code" = 5
rm -rf "$HOME"
echo "the wheel lists $rows clients of payday-20"
