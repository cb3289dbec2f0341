"""cogov completion: what the shell needs to complete commands, keys, scenarios and values with the Tab key.

Usage:   cogov completion bash|zsh|fish
Example: cogov completion bash > ~/.local/share/bash-completion/completions/cogov
         cogov completion zsh > "${fpath[1]}/_cogov"
         cogov completion fish > ~/.config/fish/completions/cogov.fish

For one session: eval "$(cogov completion bash)". The words are those of this version: make it anew after an
update.
"""

import re
from collections.abc import Sequence

from experiments.arguments.commands import COMMANDS, help_of
from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import LANGUAGES
from experiments.arguments.run_plan import CLUSTER_EXECUTORS
from sim.errors import did_you_mean
from sim.parameters.scenario import Parameter, describe
from sim.scenario.loading import scenario_names

SHELLS = ("bash", "zsh", "fish")
#: A key at the beginning of a line of a command's help.
_KEY = re.compile(r"^([a-z][a-z_0-9]*(?:\.[a-z_0-9]+)*)=", re.MULTILINE)
#: Commands that take no parameters of a scenario.
_PLAIN = ("import", "report", "store", "reproduce", "completion", "calibrate", "backtest", "what-if")


def main(words: Sequence[str], simulate: object = None) -> None:
    """Carry out the command."""
    if len(words) != 1 or words[0] not in SHELLS:
        value = " ".join(words)
        hint = did_you_mean(value, SHELLS) or "cogov completion --help"
        raise MissingInput("shell", value, f"one of {', '.join(SHELLS)}", hint=hint)
    print({"bash": bash, "zsh": zsh, "fish": fish}[words[0]]())


def command_words() -> dict[str, list[str]]:
    """Return what may follow each command: its own keys, and the parameters where it takes any."""
    found = {}
    parameters = [f"{row.key}=" for row in describe()]
    for name in COMMANDS:
        own = [f"{key}=" for key in dict.fromkeys(_KEY.findall(help_of(__package__, name)))]
        extra = list(SHELLS) if name == "completion" else []
        found[name] = [*extra, *own, *([] if name in _PLAIN else parameters), "--help"]
    return found


def value_words() -> dict[str, list[str]]:
    """Return the values of keys that have a list of them."""
    found = {
        "scenario": scenario_names(),
        "scenarios": scenario_names(),
        "executor": list(CLUSTER_EXECUTORS),
        "language": list(LANGUAGES),
    }
    for row in describe():
        if values := _values(row):
            found[row.key] = values
    return found


def _values(row: Parameter) -> list[str]:
    if row.type.startswith("true or false"):
        return ["true", "false"]
    return [str(choice) for choice in row.choices]


def bash() -> str:
    """Return the script for bash."""
    commands = command_words()
    cases = "\n".join(f"    {name}) words='{' '.join(words)}' ;;" for name, words in commands.items())
    values = "\n".join(f"    {key}) words='{' '.join(words)}' ;;" for key, words in value_words().items())
    return f"""# bash completion of cogov
_cogov() {{
  local line=${{COMP_LINE:0:COMP_POINT}} words= current
  current=${{line##* }}
  COMPREPLY=()
  if [[ $COMP_CWORD -le 1 && $current != *=* ]]; then
    COMPREPLY=($(compgen -W '{" ".join(commands)} --help --version' -- "$current"))
    return
  fi
  if [[ $current == *=* ]]; then
    local key=${{current%%=*}} value=${{current#*=}} head=
    case $key in
{values}
    esac
    # Of a list [A,B the last name is completed.
    if [[ $value == *[\\[,]* ]]; then head=${{value%"${{value##*[\\[,]}}"}}; value=${{value##*[\\[,]}}; fi
    [[ -n $words ]] && COMPREPLY=($(compgen -P "$head" -W "$words" -- "$value"))
    [[ -z $words ]] && COMPREPLY=($(compgen -f -- "$value"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
  [[ ${{COMPREPLY[0]}} == *= ]] && compopt -o nospace 2> /dev/null
}}
complete -F _cogov cogov"""


def zsh() -> str:
    """Return the script for zsh."""
    commands = command_words()
    cases = "\n".join(f"    {name}) words=({' '.join(words)}) ;;" for name, words in commands.items())
    values = "\n".join(f"      {key}) words=({' '.join(words)}) ;;" for key, words in value_words().items())
    return f"""#compdef cogov
# zsh completion of cogov
_cogov() {{
  local -a words_of words; local current=${{words[CURRENT]}} command=${{words[2]}} place=$CURRENT
  words=()
  if (( place == 2 )); then
    compadd -- {" ".join(commands)} --help --version
    return
  fi
  if [[ $current == *=* ]]; then
    case ${{current%%=*}} in
{values}
    esac
    compset -P '*[=,\\[]'
    if (( $#words )); then compadd -- $words; else _files; fi
    return
  fi
  case $command in
{cases}
  esac
  compadd -S '' -- ${{(M)words:#*=}}
  compadd -- ${{words:#*=}}
  _files
}}
if [[ $funcstack[1] == _cogov ]]; then _cogov "$@"; else compdef _cogov cogov; fi"""


def fish() -> str:
    """Return the script for fish."""
    commands = command_words()
    lines = ["# fish completion of cogov"]
    lines.append(f"complete -c cogov -n __fish_use_subcommand -f -a '{' '.join(commands)}'")
    values = value_words()
    for name, words in commands.items():
        filled = [
            word
            for one in words
            for word in ([one + value for value in values.get(one[:-1], ())] if one.endswith("=") else [one])
            or [one]
        ]
        lines.append(f"complete -c cogov -n '__fish_seen_subcommand_from {name}' -a '{' '.join(filled)}'")
    return "\n".join(lines)
