"""The command `cogov`: carries out what is asked, turns what went wrong into one line and an exit status.

0 done; 2 the input is at fault; 1 a fault of this program; 130 interrupted (Ctrl-C, SIGTERM, SIGHUP alike),
with everything finished kept.
A command is a module of `experiments.command_line` with a docstring (its help, the first line
`cogov NAME: summary.`) and `main(words, simulate)`. Modules are
imported when asked for, so that `cogov --help` is immediate.
"""

import contextlib
import importlib
import os
import re
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import IO, Any, cast

from analysis.safe_text.plain_text import visible
from experiments.arguments.commands import COMMANDS, help_of, module_name
from experiments.arguments.hydra_words import plain_words
from experiments.arguments.input_hints import with_hint
from experiments.system.faults import report_fault, say
from experiments.system.interrupts import stoppable, was_asked
from experiments.system.language import ask_for, language
from sim.errors import InputError, did_you_mean

_PACKAGE = "experiments.command_line"
DONE, FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
HELP_WORDS = ("--help", "-h", "help")


def main(words: Sequence[str] | None = None, simulate: object = None) -> int:
    """Run one command and return the exit status.

    Parameters
    ----------
    words
        The command line without the program's name; default: of this process.
    simulate
        Stands in for the simulation in tests.
    """
    words = list(sys.argv[1:] if words is None else words)
    # Pydantic otherwise reads every installed package's entry points, for plugins that cogov does not use.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        # Titles are bilingual; a terminal that cannot show them must not stop the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        ask_for(words)
        for word in words:
            _check_word(word)
        with stoppable(), contextlib.redirect_stdout(cast(IO[str], Shown(sys.stdout))):
            return _dispatch(words, simulate)
    except InputError as error:
        say(line_of(with_hint(error)))
        return BAD_INPUT
    except KeyboardInterrupt as error:
        say(str(error) or "interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain again when it flushes at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if (status := getattr(error, "status", None)) is not None:
            say(str(error))
            return int(status)
        if was_asked() and not isinstance(error, OSError | MemoryError):
            say("interrupted")
            return INTERRUPTED
        report_fault(error)
        return FAULT
    finally:
        # What this command line asked for holds for no other in this process.
        ask_for([])


def line_of(error: InputError) -> str:
    """Return the line of an error in the language of this command line."""
    if language() == "en":
        return str(error)
    from experiments.chinese.error_lines import in_chinese

    return in_chinese(error)


class Shown:
    """Standard output on which every character can be seen: a title cannot steer the terminal.

    Lines end where they do; what a line may not hold, `visible` writes as an escape.
    """

    def __init__(self, inner: IO[str]) -> None:
        self._inner = inner

    def write(self, text: str) -> int:
        """Write a text."""
        if not text.isprintable():
            text = "\n".join(map(visible, text.split("\n")))
        return self._inner.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _check_word(word: str) -> None:
    """Refuse what can be written into no file: it would be found out when the results are written."""
    try:
        word.encode()
    except UnicodeEncodeError:
        hint = "rename the file, or set the terminal to UTF-8"
        raise InputError("argument", word, "text in UTF-8", hint=hint) from None
    if "\0" in word:
        raise InputError("argument", word, "text without NUL characters")


def _dispatch(words: list[str], simulate: object) -> int:
    if not words or words[0] in HELP_WORDS:
        print(overview())
        return DONE
    name, rest = words[0], words[1:]
    if name == "--version":
        from experiments.output.manifest import version

        print(f"cogov {version()}")
        return DONE
    if name not in COMMANDS:
        hint = did_you_mean(name, COMMANDS) if not name.startswith("-") else ""
        raise InputError("command", name, f"one of {', '.join(COMMANDS)}", hint=hint)
    if any(word in HELP_WORDS[:2] for word in rest):
        print(help_in_chinese(name) if language() == "zh" else help_of(_PACKAGE, name))
        return DONE
    rest, shown = plain_words(rest)
    if not re.search(r"\blanguage=", help_of(_PACKAGE, name)):
        # Of a command that draws nothing: the language of its messages.
        rest = [word for word in rest if not word.startswith("language=")]
    if shown:
        from experiments.arguments.job_text import job_text

        print(job_text(name, rest))
        return DONE
    _module(name).main(rest, simulate)
    return DONE


def help_in_chinese(name: str) -> str:
    """Return the help of a command in Chinese."""
    from experiments.chinese.command_words import SUMMARIES
    from experiments.chinese.help_of_runs import TEXTS as OF_RUNS
    from experiments.chinese.help_of_studies import TEXTS as OF_STUDIES

    return f"cogov {name}：{SUMMARIES[name]}\n{(OF_RUNS | OF_STUDIES)[name]}"


def overview() -> str:
    """What `cogov --help` shows."""
    if language() == "zh":
        from experiments.chinese.command_words import overview as overview_zh

        return overview_zh(COMMANDS)
    lines = ["cogov COMMAND [key=value ...]", ""]
    for name in COMMANDS:
        first = help_of(_PACKAGE, name).split("\n", 1)[0]
        lines.append(f"  {name:<12}{first.partition(': ')[2]}")
    lines += [
        "",
        "cogov COMMAND --help says more, with an example. cogov --version tells the version.",
        "What is shown and drawn is in the language of the system; language=en or language=zh overrides.",
    ]
    return "\n".join(lines)


def _module(name: str) -> ModuleType:
    return importlib.import_module(module_name(_PACKAGE, name))


if __name__ == "__main__":
    sys.exit(main())
