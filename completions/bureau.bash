# Generated from the command tree by `make generate`; do not edit.

_bureau() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" at="" word
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$at $word" in
        " api"|" clients"|" clients list"|" clients show"|" doctor"|" explain"|" groups"|" groups list"|" groups show"|" groups create"|" groups rename"|" groups set-rule"|" groups delete"|" groups add"|" groups remove"|" platform"|" platform status"|" platform seed"|" platform reset"|" platform clock"|" platform faults"|" platform token"|" platform serve") at="$at $word" ;;
        esac
    done
    case "$prev" in
        --out) COMPREPLY=($(compgen -f -- "$cur")); return ;;
        --access) COMPREPLY=($(compgen -W "mine none" -- "$cur")); return ;;
        --lang) COMPREPLY=($(compgen -W "nb en" -- "$cur")); return ;;
        --output|-o) COMPREPLY=($(compgen -W "table plain tsv csv json ndjson markdown xlsx ids" -- "$cur")); return ;;
    esac
    case "$at" in
        "") COMPREPLY=($(compgen -W "api clients doctor explain groups platform --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --version --help -h" -- "$cur")) ;;
        " api") COMPREPLY=($(compgen -W "--field -f --body --yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " clients") COMPREPLY=($(compgen -W "list show --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " clients list") COMPREPLY=($(compgen -W "--member --payday --status --access --clients --group --not-group --owner --where --all-clients --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " clients show") COMPREPLY=($(compgen -W "--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " doctor") COMPREPLY=($(compgen -W "--network --exit-code --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " explain") COMPREPLY=($(compgen -W "--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups") COMPREPLY=($(compgen -W "list show create rename set-rule delete add remove --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups list") COMPREPLY=($(compgen -W "--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups show") COMPREPLY=($(compgen -W "--explain --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups create") COMPREPLY=($(compgen -W "--title --rule --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups rename") COMPREPLY=($(compgen -W "--to --title --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups set-rule") COMPREPLY=($(compgen -W "--manual --yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups delete") COMPREPLY=($(compgen -W "--yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups add") COMPREPLY=($(compgen -W "--clients --group --not-group --owner --where --all-clients --plan --jobs --yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " groups remove") COMPREPLY=($(compgen -W "--clients --group --not-group --owner --where --all-clients --plan --jobs --yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform") COMPREPLY=($(compgen -W "status seed reset clock faults token serve --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform status") COMPREPLY=($(compgen -W "--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform seed") COMPREPLY=($(compgen -W "--clients --seed --today --yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform reset") COMPREPLY=($(compgen -W "--yes -y --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform clock") COMPREPLY=($(compgen -W "--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform faults") COMPREPLY=($(compgen -W "--clear --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform token") COMPREPLY=($(compgen -W "--lifetime --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
        " platform serve") COMPREPLY=($(compgen -W "--port --fault-header --delay --output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --help -h" -- "$cur")) ;;
    esac
}
complete -F _bureau bureau
