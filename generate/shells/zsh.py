"""The script for zsh: a function for its completion system, or to be sourced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generate.completable import ANYTHING, Command, Option, Values, by_values, with_value
from generate.shells import NOTICE, quoted

SCRIPT = r"""#compdef bureau
{notice}

# What begins as typed is completed as ever. What was found by its description takes the place of what was typed, which
# stays until one is left or the second TAB begins to try them.
_bureau_names() {{
    local -a lines values shown
    lines=("${{(@f)$(bureau --complete zsh $1 "${{(Q)PREFIX}}" "${{(@Q)words[1,CURRENT-1]}}" 2>/dev/null)}}")
    [[ -n $lines[1] ]] || return 1
    values=("${{(@)lines%%$'\t'*}}")
    shown=("${{(@)lines/$'\t'/  }}")
    if [[ $values[1] == ${{(Q)PREFIX}}* ]]; then
        compadd -l -d shown -a values
        return
    fi
    compadd -U -l -d shown -a values
    if (( $#values > 1 )) && [[ $compstate[insert] != menu ]]; then
        compstate[insert]=""
        compstate[list]="list force"
    fi
}}

_bureau_names_or_file() {{
    if compset -P @; then
        _files
    else
        compset -P '*,'
        _bureau_names $1
    fi
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
    local -a found=({shared})
    case "$at" in
{options}
    esac
    _describe option found
}}

_bureau_command() {{
    local -a found
    case "$at" in
{children}
        *) _bureau_option; return ;;
    esac
    _describe command found
}}

_bureau() {{
    local at="" before="" word
    integer place=0
    for word in "${{(@Q)words[2,CURRENT-1]}}"; do
        if [[ -n $before ]]; then
            before=""
            continue
        fi
        case "$word" in
            {valued}) before="$word" ;;
            -*) ;;
            *)
                case "$at $word" in
                    {keys}) at="$at $word" ;;
                    *) (( place += 1 )) ;;
                esac ;;
        esac
    done
    if [[ -z $before && $PREFIX == --*=* ]]; then
        before="${{PREFIX%%=*}}"
        compset -p $(( $#before + 1 ))
    fi
    if [[ -n $before ]]; then
        _bureau_value
    elif [[ $PREFIX == -* ]]; then
        _bureau_option
    else
        _bureau_argument || _bureau_command
    fi
}}
if [ "$funcstack[1]" = "_bureau" ]; then
    _bureau "$@"
else
    compdef _bureau bureau
fi
"""


def script(commands: Sequence[Command]) -> str:
    """The whole file."""
    shared = set.intersection(*(set(command.options) for command in commands))
    return SCRIPT.format(
        notice=NOTICE,
        values="\n".join(_case(_patterns(where), _offer(values)) for values, where in by_values(commands).items()),
        places="\n".join(
            _case([f'"{command.key}:{place}"'], _offer(values))
            for command in commands
            for place, values in enumerate(command.places)
            if values != ANYTHING
        ),
        shared=_listed(_described(option for option in commands[0].options if option in shared)),
        options="\n".join(
            _case([f'"{command.key}"'], f'found=({_listed(own)} "${{found[@]}}")')
            for command in commands
            if (own := _described(option for option in command.options if option not in shared))
        ),
        children="\n".join(
            _case([f'"{command.key}"'], f"found=({_listed(_sentences(command))})")
            for command in commands
            if command.children
        ),
        valued="|".join(with_value(commands)),
        keys="|".join(f'"{command.key}"' for command in commands if command.key),
    )


def _described(options: Iterable[Option]) -> list[str]:
    return [f"{name}:{option.help}" for option in options for name in option.names]


def _sentences(command: Command) -> list[str]:
    return [f"{name}:{sentence}" for name, sentence in command.children.items()]


def _listed(texts: Iterable[str]) -> str:
    return " ".join(quoted(text) for text in texts)


def _patterns(where: Sequence[tuple[str, str | None]]) -> list[str]:
    return [f"{name}:*" if key is None else f'"{name}:{key}"' for name, key in where]


def _case(patterns: Sequence[str], command: str) -> str:
    return f"        {'|'.join(patterns)}) {command} ;;"


def _offer(values: Values) -> str:
    if values.kind:
        return f"_bureau_names{'_or_file' if values.file else ''} {values.kind}"
    if values.file:
        return "_files"
    return ("compset -P '*,'; " if values.many else "") + f"compadd -- {' '.join(values.words)}"
