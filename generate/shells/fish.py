"""The script for fish (3.4 or newer)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generate.completable import ANYTHING, Command, Option, Values, with_value
from generate.shells import NOTICE, quoted

SCRIPT = r"""{notice}

# Which command the line is at, and how many arguments follow it; looked at once a line.
function __bureau_look
    set -l line (commandline -opc)
    test "$line" = "$__bureau_line"; and return
    set -g __bureau_line "$line"
    set -g __bureau_command ""
    set -g __bureau_arguments 0
    set -l skip false
    for word in $line[2..-1]
        if $skip
            set skip false
            continue
        end
        switch "$word"
            case {valued}
                set skip true
            case '-*'
            case '*'
                switch "$__bureau_command $word"
                    case {keys}
                        set -g __bureau_command "$__bureau_command $word"
                    case '*'
                        set -g __bureau_arguments (math $__bureau_arguments + 1)
                end
        end
    end
end

function __bureau_at
    __bureau_look
    contains -- "$__bureau_command" $argv
end

function __bureau_after
    __bureau_look
    test "$__bureau_arguments" = "$argv[1]"; and test "$__bureau_command" = "$argv[2]"
end

# The value that is being typed: what follows the = of a long option, without quotes.
function __bureau_typed
    set -l word (commandline -ct | string replace -r -- '^--[^=]*=' '')
    string unescape -- "$word"; or string unescape -- "$word'"; or string unescape -- "$word\""
end

function __bureau_names
    bureau --complete fish $argv[1] "$(__bureau_typed)" (commandline -opc) 2>/dev/null
end

function __bureau_names_or_file
    set -l typed (__bureau_typed)
    if string match -q -- '@*' "$typed"
        for file in (__fish_complete_path (string sub -s 2 -- "$typed"))
            echo -- "@$file"
        end
        return
    end
    set -l last (string match -r -- '[^,]*$' "$typed")
    set -l head (string sub -e (math -- 0 - (string length -- "$last")) -- "$typed")
    test -n "$last"; or set head "$typed"
    for row in (bureau --complete fish $argv[1] "$last" (commandline -opc) 2>/dev/null)
        echo -- "$head$row"
    end
end

function __bureau_several
    set -l head (__bureau_typed | string match -r -- '^.*,')
    for word in $argv
        echo -- "$head$word"
    end
end

complete -c bureau -f
{lines}
"""


def script(commands: Sequence[Command]) -> str:
    """The whole file."""
    lines = [*_children(commands), *_arguments(commands), *_options(commands)]
    return SCRIPT.format(
        notice=NOTICE,
        valued=" ".join(with_value(commands)),
        keys=" ".join(f"{quoted(command.key)}" for command in commands if command.key),
        lines="\n".join(f"complete -c bureau {line}" for line in lines),
    )


def _children(commands: Sequence[Command]) -> Iterator[str]:
    for command in commands:
        for name, sentence in command.children.items():
            yield f"-n {_at([command.key])} -a {name} -d {quoted(sentence)}"


def _arguments(commands: Sequence[Command]) -> Iterator[str]:
    for command in commands:
        for place, values in enumerate(command.places):
            if values != ANYTHING:
                offer = "-F" if values.file and not values.kind else f"-a {_offer(values)}"
                yield f"-n '__bureau_after {place} \"{command.key}\"' {offer}"


def _options(commands: Sequence[Command]) -> Iterator[str]:
    """Each option once, with the commands that have it just so; one that all have needs no condition."""
    where: dict[Option, list[str]] = {}
    for command in commands:
        for option in command.options:
            where.setdefault(option, []).append(command.key)
    for option, keys in where.items():
        condition = "" if len(keys) == len(commands) else f"-n {_at(keys)} "
        yield condition + _option(option)


def _at(keys: Sequence[str]) -> str:
    return "'__bureau_at " + " ".join(f'"{key}"' for key in keys) + "'"


def _option(option: Option) -> str:
    names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names]
    parts = [*names, "-d", quoted(option.help)]
    if option.values is not None:
        plain_file = option.values.file and not option.values.kind
        parts.append("-r -F" if plain_file else f"-x -a {_offer(option.values)}" if option.values != ANYTHING else "-x")
    return " ".join(parts)


def _offer(values: Values) -> str:
    if values.kind:
        return f"'(__bureau_names{'_or_file' if values.file else ''} {values.kind})'"
    words = " ".join(values.words)
    return f"'(__bureau_several {words})'" if values.many else f"'{words}'"
