"""Completion scripts for bash, zsh and fish: commands, options and fixed values, with no Python run at TAB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from generate.tree import Node, names_of

NOTICE = "# Generated from the command tree by `make generate`; do not edit."


def files(tree: Sequence[Node], _root: Path) -> Iterator[tuple[str, str]]:
    """One script a shell."""
    for name, script in (("bureau.bash", _bash(tree)), ("_bureau", _zsh(tree)), ("bureau.fish", _fish(tree))):
        yield f"completions/{name}", script


def values_of(annotation: Any) -> list[str]:
    """The fixed words a parameter's type allows, none if it takes any: of an enum, of a Literal, or inside a union."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    found: list[str] = []
    for part in get_args(annotation):
        found += [part] if isinstance(part, str) else values_of(part)
    return found


def _fixed_values(tree: Sequence[Node]) -> list[tuple[str, list[str]]]:
    """Options whose value is one of a few words, as `--output|-o`; an option means the same on every command."""
    found = {}
    for option in (option for node in tree for option in node.options if not option.is_flag):
        values = values_of(option.type_descriptor.annotation)
        if values:
            found["|".join(names_of(option))] = values
    return sorted(found.items())


def _key(node: Node) -> str:
    """The words of a command as the scripts collect them: each with a space before it."""
    return '"' + "".join(f" {word}" for word in node.words) + '"'


def _keys(tree: Sequence[Node], between: str) -> str:
    return between.join(_key(node) for node in tree if node.words)


def _quoted(text: str) -> str:
    """In single quotes; an apostrophe becomes the typographic one, which every shell leaves alone."""
    return "'" + text.replace("'", "\u2019") + "'"


def _bash(tree: Sequence[Node]) -> str:
    values = [
        f'        {names}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur")); return ;;'
        for names, words in _fixed_values(tree)
    ]
    commands = []
    for node in tree:
        words = [*node.children, *(name for option in node.options for name in names_of(option))]
        commands.append(f'        {_key(node)}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur")) ;;')
    return f"""{NOTICE}

_bureau() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" at="" word
    COMPREPLY=()
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$at $word" in
        {_keys(tree, "|")}) at="$at $word" ;;
        esac
    done
    case "$prev" in
        --out) COMPREPLY=($(compgen -f -- "$cur")); return ;;
{chr(10).join(values)}
    esac
    case "$at" in
{chr(10).join(commands)}
    esac
}}
complete -F _bureau bureau
"""


def _zsh(tree: Sequence[Node]) -> str:
    values = [f"        {names}) compadd -- {' '.join(words)}; return ;;" for names, words in _fixed_values(tree)]
    commands = []
    for node in tree:
        described = [f"{name}:{sentence}" for name, sentence in node.children.items()]
        described += [f"{name}:{option.help or ''}" for option in node.options for name in names_of(option)]
        commands.append(f"        {_key(node)}) found=({' '.join(_quoted(text) for text in described)}) ;;")
    return f"""#compdef bureau
{NOTICE}

_bureau() {{
    local at="" word
    for word in ${{words[2,CURRENT-1]}}; do
        case "$at $word" in
        {_keys(tree, "|")}) at="$at $word" ;;
        esac
    done
    case "${{words[CURRENT-1]}}" in
        --out) _files; return ;;
{chr(10).join(values)}
    esac
    local -a found
    case "$at" in
{chr(10).join(commands)}
    esac
    _describe bureau found
}}
if [ "$funcstack[1]" = "_bureau" ]; then
    _bureau "$@"
else
    compdef _bureau bureau
fi
"""


def _fish(tree: Sequence[Node]) -> str:
    lines = []
    for node in tree:
        condition = f"-n '__bureau_at {_key(node)}'"
        for name, sentence in node.children.items():
            lines.append(f"complete -c bureau {condition} -a {name} -d {_quoted(sentence)}")
        lines += [f"complete -c bureau {condition} {_fish_option(option)}" for option in node.options]
    return f"""{NOTICE}

function __bureau_at
    set -l at ""
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case {_keys(tree, " ")}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end

complete -c bureau -f
{chr(10).join(lines)}
"""


def _fish_option(option: Any) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in names_of(option)]
    parts = [*names, "-d", _quoted(option.help or "")]
    values = values_of(option.type_descriptor.annotation)
    if "--out" in option.opts:
        parts.append("-r -F")
    elif values:
        parts.append(f"-x -a {_quoted(' '.join(values))}")
    elif not option.is_flag:
        parts.append("-x")
    return " ".join(parts)
