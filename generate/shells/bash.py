"""The script for bash (4.2 or newer)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generate.completable import ANYTHING, Command, Values, by_values, with_value
from generate.shells import NOTICE

SCRIPT = r"""{notice}

# Puts the words of the line up to the cursor together again: readline breaks them at = : and @ too.
_bureau_words() {{
    local line="${{COMP_LINE:0:COMP_POINT}}" rest word
    for word in "${{COMP_WORDS[@]:0:COMP_CWORD+1}}"; do
        rest="${{line#"${{line%%[![:space:]]*}}"}}"
        [ ${{#word}} -le ${{#rest}} ] || word="$rest"
        if [ ${{#words[@]}} -gt 0 ] && [ "$rest" = "$line" ]; then
            words[${{#words[@]}}-1]+="$word"
        else
            words+=("$word")
        fi
        line="${{rest#"$word"}}"
    done
}}

_bureau_last() {{
    item="${{value##*,}}"
    head="${{value%"$item"}}"
}}

_bureau_fixed() {{
    COMPREPLY=($(compgen -P "$head" -W "$1" -- "$item"))
}}

# Several come with a description; where each is put on the line in turn, without. A blank one keeps what was typed.
_bureau_names() {{
    local at
    mapfile -t COMPREPLY < <(bureau --complete bash "$1" "$item" "${{words[@]:0:${{#words[@]}}-1}}")
    [[ ${{COMP_TYPE:-9}} != @(37|42) ]] || COMPREPLY=("${{COMPREPLY[@]%%  (*}}")
    [ -z "$head" ] && return
    for at in "${{!COMPREPLY[@]}}"; do
        [ "${{COMPREPLY[at]}}" = " " ] || COMPREPLY[at]="$head${{COMPREPLY[at]}}"
    done
}}

_bureau_names_or_file() {{
    case "$value" in
        @*) item="${{value#@}}"; _bureau_file_after_at ;;
        *) _bureau_last; _bureau_names "$1" ;;
    esac
}}

# A file with an @ before it is none to readline, so what it does for files is done here.
_bureau_file_after_at() {{
    local at
    mapfile -t COMPREPLY < <(compgen -f -- "$item")
    for at in "${{!COMPREPLY[@]}}"; do
        [ ! -d "${{COMPREPLY[at]}}" ] || COMPREPLY[at]+=/
        printf -v "COMPREPLY[$at]" '@%q' "${{COMPREPLY[at]}}"
    done
    [[ ${{COMPREPLY[0]}} != */ ]] || compopt -o nospace
}}

_bureau_value() {{
    case "$before:$at" in
{values}
    esac
}}

_bureau_argument() {{
    case "$at:$place" in
{places}
        *) return 1 ;;
    esac
}}

_bureau_option() {{
    local shared="{shared}"
    case "$at" in
{options}
        *) _bureau_fixed "$shared" ;;
    esac
}}

_bureau_command() {{
    case "$at" in
{children}
        *) _bureau_option ;;
    esac
}}

_bureau_line() {{
    local at="" before="" place=0 word words=() value item head="" kept
    _bureau_words
    for word in "${{words[@]:1:${{#words[@]}}-2}}"; do
        if [ -n "$before" ]; then
            before=""
            continue
        fi
        case "$word" in
            {valued}) before="$word" ;;
            -*) ;;
            *)
                case "$at $word" in
                    {keys}) at="$at $word" ;;
                    *) place=$((place + 1)) ;;
                esac ;;
        esac
    done
    value="${{words[${{#words[@]}}-1]}}"
    if [ -z "$before" ] && [[ $value == --*=* ]]; then
        before="${{value%%=*}}" value="${{value#*=}}"
    fi
    item="$value" kept="${{value%"$1"}}"
    if [ -n "$before" ]; then
        _bureau_value
    elif [[ $value == -* ]]; then
        _bureau_option
    else
        _bureau_argument || _bureau_command
    fi
    COMPREPLY=("${{COMPREPLY[@]#"$kept"}}")
}}

_bureau() {{
    COMPREPLY=()
    _bureau_line "$2" 2>/dev/null
}}
complete -F _bureau bureau
"""


def script(commands: Sequence[Command]) -> str:
    """The whole file."""
    keys = [command.key for command in commands if command.key]
    shared = set.intersection(*(set(_names(command)) for command in commands))
    return SCRIPT.format(
        notice=NOTICE,
        values="\n".join(_case(_patterns(where), _offer(values)) for values, where in by_values(commands).items()),
        places="\n".join(
            _case([f'"{command.key}:{place}"'], _offer(values))
            for command in commands
            for place, values in enumerate(command.places)
            if values != ANYTHING
        ),
        shared=" ".join(name for name in _names(commands[0]) if name in shared),
        options="\n".join(
            _case([f'"{command.key}"'], _fixed([*own, "$shared"]))
            for command in commands
            if (own := [name for name in _names(command) if name not in shared])
        ),
        children="\n".join(
            _case([f'"{command.key}"'], _fixed(command.children)) for command in commands if command.children
        ),
        valued="|".join(with_value(commands)),
        keys="|".join(f'"{key}"' for key in keys),
    )


def _names(command: Command) -> list[str]:
    return [name for option in command.options for name in option.names]


def _patterns(where: Sequence[tuple[str, str | None]]) -> list[str]:
    return [f"{name}:*" if key is None else f'"{name}:{key}"' for name, key in where]


def _case(patterns: Sequence[str], command: str) -> str:
    return f"        {'|'.join(patterns)}) {command} ;;"


def _fixed(words: Iterable[str]) -> str:
    return f'_bureau_fixed "{" ".join(words)}"'


def _offer(values: Values) -> str:
    if values.kind:
        return f"_bureau_names{'_or_file' if values.file else ''} {values.kind}"
    if values.file:
        return "compopt -o default"
    return ("_bureau_last; " if values.many else "") + _fixed(values.words)
