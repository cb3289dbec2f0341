"""Pieces that inputs are made of: values good and bad, and ways to damage what was good.

Everything takes a `random.Random`: Hypothesis hands in one whose choices it can shrink, a long campaign one
made from a number, so that an input that fails can be made again.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from sim.parameters.scenario import Parameter, parameters_by_key

PARAMETERS = list(parameters_by_key().values())
GROUPS = sorted({row.key.partition(".")[0] for row in PARAMETERS if "." in row.key})

#: Words that have upset readers before.
NASTY = [
    "",
    " ",
    "null",
    "~",
    "true",
    "yes",
    "No",
    "nan",
    ".nan",
    "inf",
    "-.inf",
    "-0",
    "1e400",
    "1e-400",
    "0x10",
    "010",
    "1_000",
    "1:30",
    "2011-02-30",
    "2024-01-01T00:00:00Z",
    "9" * 19,
    "9" * 40,
    "9" * 5000,
    "-" + "9" * 5000,
    "0." + "1" * 5000,
    "1e" + "9" * 30,
    "x" * 300,
    "x" * 5000,
    "中文",
    "é" * 200,
    "\ud800",
    "\udcff",
    "\0",
    "\n",
    "a\nb",
    "\t",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "\U0001f600",
    "'",
    '"',
    "''",
    "\"'",
    "\\",
    "\\'",
    "$",
    "${x}",
    "${oc.env:HOME}",
    "$(ls)",
    "`ls`",
    "%s%s%n",
    "{0}",
    "{}",
    "[]",
    "[[]]",
    "[" * 20,
    "[" * 5000,
    "]",
    "{" * 30,
    "{a: 1}",
    "{a: {b: {c: 1}}}",
    "[1,2,3]",
    "[1,a]",
    "(1",
    ")",
    "1,2",
    "1,2,",
    ",",
    ":",
    "a:b",
    "=",
    "a=b",
    "#",
    "!",
    "!!float x",
    "&a",
    "*a",
    "&a [*a]",
    "|",
    ">",
    "- a",
    "? a",
    "@",
    "%",
    "<<",
    "__class__",
    "..",
    ".",
    "/",
    "//",
    "/dev/null",
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/mem",
    "/root",
    "~",
    "~nobody/x",
    "~no such user/x",
    "../../x",
    "a/../b",
    "n" * 300 + ".yaml",
    "con",
    "nul",
    "x.yaml",
    "x.csv",
    "-",
    "--",
    "-h",
    "int(1)",
    "int(x)",
    "float(nan)",
    "str(1)",
    "bool(2)",
    "json_str({a:1})",
    "sort(3,1,2)",
    "sort(1,a)",
    "shuffle(1,2)",
    "range(1,3)",
    "range(1,1000000000000)",
    "range(0,1,0)",
    "range(1,2,nan)",
    "range(0,inf)",
    "choice(1,2)",
    "interval(0,1)",
    "interval(1,0)",
    "interval(nan,inf)",
    "glob(*)",
    "glob([a,b],c)",
    "tag(a,1)",
    "extend_list(1)",
    "choice()",
    "choice(" * 15,
    "sort(" * 25,
    "'unended",
    '"unended',
    "a b",
    "1 2",
    "0",
    "-1",
    "1",
    "2",
    "0.5",
    "1.0",
    "1e3",
    "100",
    "99999999",
    "365",
    "None",
    "[null]",
    "[nan]",
    "[true]",
    "{1: 2}",
    "{a: nan}",
]

BYTES = [
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98\x80",
    b"\r",
    b"\n",
    b"\r\n",
    b"\t",
    b"\x1a",
    b"\x1b[31m",
    b"'",
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b": ",
    b"- ",
    b",",
    b";",
    b"#",
    b"&a ",
    b"*a",
    b"!!int ",
    b"!",
    b"|",
    b">",
    b"---\n",
    b"...\n",
    b"%YAML 1.1\n",
    b"<<: ",
    b"? ",
    b"9" * 5000,
    b"[" * 2000,
    b"{a: " * 500,
    b"- " * 500,
    b"\x00" * 100,
    b"nan",
    b".inf",
    b"1e400",
    b"-1",
    b"2011-02-30",
    b"${x}",
    b"\xe4\xb8\xad",
    b"x" * 5000,
    b" " * 200,
    b"~",
    b"null",
    b"\xc2\xa0",
    b"\xe2\x80\xae",
]


def pick(rng: Random, *weighted: tuple[int, Callable[[], Any]]) -> Any:
    """Return what one of several makes, the heavier the more often."""
    at = rng.randrange(sum(weight for weight, _ in weighted))
    for weight, make in weighted:
        at -= weight
        if at < 0:
            return make()
    raise AssertionError


def chaos(rng: Random, longest: int = 24) -> str:
    """Return a text of the characters that grammars are made of."""
    alphabet = "[]{}(),:'\"\\=$~+*!&|@%<>?.-_ \n\t0123456789eEabcxyz中é\x1b#"
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(longest)))


def key(rng: Random) -> str:
    """Return a name that looks like a parameter's."""
    name = rng.choice(PARAMETERS).key
    return pick(
        rng,
        (20, lambda: name),
        (1, lambda: rng.choice(GROUPS)),
        (1, lambda: misspelt(rng, name)),
        (1, lambda: f"{name}.{rng.choice(['x', '__class__', '0', name])}"),
        (1, lambda: f"{rng.choice(GROUPS)}.{name.rpartition('.')[2]}"),
        (
            1,
            lambda: rng.choice(
                [
                    "verification.second_stage.servers",
                    "deliberation.topics_above.labour",
                    "demand.category_shares.market",
                    "hydra.run.dir",
                    "a..b",
                    ".",
                    "name.",
                ]
            ),
        ),
        (1, lambda: rng.choice(NASTY)),
    )


def misspelt(rng: Random, word: str) -> str:
    """Return a word with one slip."""
    at = rng.randrange(len(word) + 1)
    return pick(
        rng,
        (1, lambda: word[:at] + word[at + 1 :]),
        (1, lambda: word[:at] + rng.choice("abcxyz._-= @") + word[at:]),
        (1, lambda: word.upper()),
    )


def number(rng: Random, row: Parameter) -> float | int:
    """Return a number within the bounds of a parameter, just outside, or far away."""
    low = row.hard_low if row.hard_low is not None else -10.0
    high = row.hard_high if row.hard_high is not None else 1e6
    value = pick(
        rng,
        (4, lambda: low + (min(high, low + 100.0) - low) * rng.random()),
        (1, lambda: low),
        (1, lambda: high),
        (1, lambda: low - 1.0),
        (1, lambda: high + 1.0),
        (
            1,
            lambda: rng.choice(
                [0, -1, 1e-300, 1e300, 5e-324, float("nan"), float("inf"), 2**63, -(2**63), 10**30]
            ),
        ),
    )
    whole = "whole number" in row.type and rng.random() < 0.8
    return int(value) if whole and abs(value) < 1e18 else value


def sensible(rng: Random, row: Parameter) -> Any:
    """Return a value that the parameter takes by itself."""
    if row.choices:
        return rng.choice(row.choices)
    if row.type == "true or false":
        return rng.random() < 0.5
    if row.low is None or row.high is None or isinstance(row.default, tuple | dict):
        return row.default
    found = row.low + (row.high - row.low) * rng.random()
    return int(found) if "whole number" in row.type else found


def value(rng: Random, row: Parameter | None = None, depth: int = 0) -> Any:
    """Return a value of Python that a parameter might be given, or might not."""
    row = row or rng.choice(PARAMETERS)
    return pick(
        rng,
        (14, lambda: sensible(rng, row)),
        (6, lambda: number(rng, row)),
        (3, lambda: row.default),
        (2, lambda: rng.choice(row.choices or ("x", True, None))),
        (2, lambda: rng.random() < 0.5),
        (1, lambda: None),
        (3, lambda: rng.choice(NASTY)),
        (1 if depth < 3 else 0, lambda: [value(rng, row, depth + 1) for _ in range(rng.randrange(5))]),
        (
            1 if depth < 3 else 0,
            lambda: {key(rng): value(rng, None, depth + 1) for _ in range(rng.randrange(4))},
        ),
    )


def damaged(rng: Random, content: bytes, times: int | None = None) -> bytes:
    """Return bytes with some damage: flipped, cut, doubled, moved, or with something put in."""
    data = bytearray(content)
    for _ in range(times if times is not None else rng.choice([1, 1, 1, 2, 3, 8])):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice([1, 1, 2, 5, 20, 200]))
        kind = rng.randrange(8)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at:to]
        elif kind == 2:
            data[at:at] = rng.choice(BYTES)
        elif kind == 3:
            data[at:at] = data[at:to] * rng.choice([1, 2, 50])
        elif kind == 4:
            del data[at:]
        elif kind == 5 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 6:
            data[at:to] = rng.choice(BYTES)
        elif data:
            data = bytearray(_lines(rng, bytes(data)))
    return bytes(data)


def _lines(rng: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines[at], lines[to] = lines[to], lines[at]
    else:
        lines[at] = b" " * rng.randrange(6) + lines[at].lstrip()
    return b"".join(lines)


def encoded(rng: Random, text: str) -> bytes:
    """Return a text as bytes, mostly in UTF-8."""
    coding = rng.choice(["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "latin-1", "big5"])
    return text.encode(coding, "replace" if coding != "utf-8" else "surrogatepass")


def is_one_of(word: str, keys: Sequence[str]) -> bool:
    """Whether a word of the command line sets one of these keys, however it is written."""
    name = word.partition("=")[0].strip().lstrip("+~")
    return name in keys
