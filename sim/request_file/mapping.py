"""The small YAML file that says what the columns and labels of a request file mean.

A request file says when somebody asked for what. It does not say how many organisations the matter needs,
how many hours it takes or whether a neighbour could have helped. The mapping supplies that, category by
category, where a planner can read it, question it and change it. Its keys are the fields of these classes.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    field_validator,
    model_validator,
)

from sim.errors import InputError, did_you_mean
from sim.input_files.documents import is_file, read_yaml
from sim.request_file.time_formats import WORDS
from sim.request_file.time_zones import zone_names

#: Keys that say how the bytes of a file become rows; a copy in plain CSV needs none of them.
READING_KEYS = ("encoding", "delimiter", "header_row")
SHIPPED_FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "streams"

#: Endings of packed files; beneath them stands the ending of what is packed.
PACKED = (".gz", ".zip", ".bz2", ".xz")
#: A cell with one of these words (upper or lower case) holds nothing, unless the mapping names it as a label.
EMPTY_WORDS = (
    "na", "n/a", "n.a.", "#n/a", "nan", "nil", "null", "(null)", "<null>", "\\n", "none", "-", "--", "---",
    "—", "–", "/", "无", "無", "空", "未填", "未填写", "暂无",
)  # fmt: skip


def collapse(text: str) -> str:
    """Return the text with every run of white space as one blank: exports are careless about it."""
    return " ".join(text.split())


def _as_label(value: object) -> object:
    """Let a YAML number stand for a label; a YAML true or null is more likely an unquoted word."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bool):
        raise ValueError("YAML reads this word as true or false; put it in quotation marks")
    return collapse(value) if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


def _label_keys(value: object) -> object:
    return {_as_label(k): v for k, v in value.items()} if isinstance(value, dict) else value


Label = Annotated[str, BeforeValidator(_as_label), Field(min_length=1)]
Labels = Annotated[list[Label], BeforeValidator(_as_list), Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Renaming = Annotated[dict[str, Label | None], BeforeValidator(_label_keys)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TimeColumns(_Strict):
    """The column of a time, or two of them: one for the date and one for the time of day."""

    date: Labels
    time: Labels | None = None


def _as_time_columns(value: object) -> object:
    return value if isinstance(value, dict | TimeColumns) or value is None else {"date": value}


Times = Annotated[TimeColumns, BeforeValidator(_as_time_columns)]


class Columns(_Strict):
    """Which column holds what; a list gives alternative names, of which the first present one is read."""

    opened: Times
    category: Labels
    id: Labels | None = None
    closed: Times | None = None
    due: Times | None = None
    group: Labels | None = None
    unit: Labels | None = None
    team: Labels | None = None
    channel: Labels | None = None
    place: Labels | None = None
    latitude: Labels | None = None
    longitude: Labels | None = None

    def named(self) -> dict[str, list[str]]:
        """Return role → column names, for the roles that are mapped; `opened.time` is one if it is apart."""
        roles: dict[str, list[str] | None] = {}
        for role in type(self).model_fields:
            names = getattr(self, role)
            if isinstance(names, TimeColumns):
                roles |= {role: names.date, f"{role}.time": names.time}
            else:
                roles[role] = names
        return {role: names for role, names in roles.items() if names}


class ExcludeRule(_Strict):
    """Rows that are no resident's request, and why: they are counted under `reason`."""

    column: Label
    values: Labels
    reason: Label


class NeedRule(_Strict):
    """What the requests of some categories or groups ask of the organisations."""

    category: Labels | None = None
    group: Labels | None = None
    organisations: Annotated[StrictInt, Field(ge=1, le=6)] | None = None
    level: Annotated[StrictInt, Field(ge=0, le=2)] | None = None
    work_hours: Annotated[float, Field(gt=0, le=1000)] | None = None
    desk: Share | None = None
    helpable: Share | None = None
    urgent: Share | None = None
    unit: Label | None = None

    @model_validator(mode="after")
    def _has_pattern_and_effect(self) -> "NeedRule":
        if not (self.category or self.group):
            raise ValueError("a rule names a category or a group")
        if not self.effects() and self.unit is None:
            raise ValueError("a rule sets at least one of organisations, level, work_hours, desk, ...")
        return self

    def effects(self) -> dict[str, float]:
        """Return the numbers that this rule sets."""
        values = {key: getattr(self, key) for key in Defaults.model_fields}
        return {key: value for key, value in values.items() if value is not None}

    def matches(self, category: str, group: str) -> bool:
        """Say whether a request of this category and group falls under the rule."""
        return (self.category is None or matches_any(category, self.category)) and (
            self.group is None or matches_any(group, self.group)
        )


class Defaults(_Strict):
    """What holds for a request that no rule speaks of."""

    organisations: Annotated[StrictInt, Field(ge=1, le=6)] = 1
    level: Annotated[StrictInt, Field(ge=0, le=2)] = 0
    work_hours: Annotated[float, Field(gt=0, le=1000)] = 2.0
    desk: Share = 0.0
    helpable: Share = 0.0
    urgent: Share = 0.0


class Period(_Strict):
    """The days that the file is trusted for: from (included) to before (excluded)."""

    start: date | None = Field(default=None, alias="from")
    before: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Period":
        if self.start and self.before and self.start >= self.before:
            raise ValueError(f"from ({self.start}) comes before before ({self.before})")
        return self


class StreamMapping(_Strict):
    """Everything a mapping file may say."""

    columns: Columns
    residents: Annotated[StrictInt, Field(ge=1)]
    residents_source: str | None = None
    title: str | None = None
    source: str | None = None
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    header_row: Annotated[StrictInt, Field(ge=1, le=50)] | None = None
    time_format: Labels | None = None
    time_zone: str | None = None
    empty: Annotated[list[Label], BeforeValidator(_as_list)] = []
    optional: Annotated[list[Literal["due", "team"]], BeforeValidator(_as_list)] = []
    period: Period = Period()
    holidays: Literal["china"] | list[date] = []
    missing_category: Label | None = None
    exclude: list[ExcludeRule] = []
    channels: Renaming = {}
    places: Renaming = {}
    units: Renaming = {}
    defaults: Defaults = Defaults()
    needs: list[NeedRule] = []

    @field_validator("delimiter")
    @classmethod
    def _delimiter_delimits(cls, delimiter: str | None) -> str | None:
        if delimiter is not None and (delimiter.isalnum() or delimiter in '"\r\n\0'):
            raise ValueError("no letter, figure, quotation mark or line end parts the fields of a row")
        return delimiter

    @field_validator("time_format")
    @classmethod
    def _formats_are_formats(cls, formats: list[str] | None) -> list[str] | None:
        for text in formats or []:
            if "%" not in text and text not in WORDS:
                hint = did_you_mean(text, WORDS)
                raise ValueError(
                    f"a time format has parts such as %Y-%m-%d %H:%M, or is {' or '.join(WORDS)}"
                    + (f"; {hint}" if hint else "")
                )
            try:
                datetime.strptime("", text)
            except re.error:
                raise ValueError("a part of the time stands in the format twice") from None
            except ValueError:
                pass  # no text fits; parts that nobody knows are judged where times are read
            if "%I" in text and "%p" not in text:
                raise ValueError("%I is an hour of half a day; it needs %p, or write %H")
            if text not in WORDS and not any(
                part in text for part in ("%d", "%e", "%j", "%c", "%x", "%D", "%F")
            ):
                raise ValueError("a time format names the day (%d)")
        return formats

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, name: str | None) -> str | None:
        if name is not None and name not in zone_names():
            hint = did_you_mean(name, zone_names())
            raise ValueError(
                f"a zone has a name such as Asia/Shanghai or Europe/Berlin{'; ' + hint if hint else ''}"
            )
        return name

    def labels_named(self, role: str) -> set[str]:
        """Return the labels of a column that the mapping itself names, in lower case."""
        named = [value for rule in self.exclude if rule.column == role for value in rule.values]
        if role in ("category", "group"):
            named += [label for rule in self.needs for label in getattr(rule, role) or ()]
        named += {"channel": self.channels, "place": self.places, "unit": self.units}.get(role, {})
        if role == "category" and self.missing_category:
            named.append(self.missing_category)
        return {label.lower() for label in named}


def matches_any(text: str, patterns: Iterable[str]) -> bool:
    """Say whether the text fits one of the patterns (`*` any characters, `?` one), upper or lower case."""
    return any(_pattern(pattern).fullmatch(text) for pattern in patterns)


@lru_cache(maxsize=4096)
def _pattern(pattern: str) -> re.Pattern[str]:
    # Not fnmatch: square brackets are plain characters in the labels of hotlines.
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def shipped_mappings() -> dict[str, Path]:
    """Return the mappings that come with the program, by name."""
    return {path.stem: path for path in sorted(SHIPPED_FOLDER.glob("*.yaml"))}


def find_mapping(stream: Path, mapping: str | Path | None) -> Path | None:
    """Return the mapping's path: as named, or beside the stream; None if there is none beside it."""
    if mapping is None:
        packed = stream.suffix.lower() in PACKED
        beside = stream.with_name(Path(stream.stem if packed else stream.name).stem + ".yaml")
        return beside if is_file(beside) else None
    path, shipped = Path(mapping), shipped_mappings()
    if is_file(path):
        return path
    if str(mapping) in shipped:
        return shipped[str(mapping)]
    raise InputError(
        "demand.mapping",
        str(mapping),
        allowed=f"a YAML file or the name of a shipped mapping ({', '.join(shipped) or 'none found'})",
        hint=did_you_mean(str(mapping), shipped) or "there is no such file",
    )


def load_mapping(path: Path) -> StreamMapping:
    """Read and check a mapping file; InputError names the first key at fault."""
    content = read_yaml(path, "demand.mapping", verbatim=True)
    if not isinstance(content, dict):
        raise _file_fault(path, "YAML with keys such as columns and residents", "it holds no keys")
    try:
        return StreamMapping.model_validate(content)
    except ValidationError as error:
        raise _first_fault(path, error) from None


def _first_fault(path: Path, error: ValidationError) -> InputError:
    """Turn the first complaint of pydantic into one line in the words of the mapping."""
    fault = error.errors()[0]
    where = [part for part in fault["loc"] if part not in ("float", "int", "str")]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")
    if fault["type"] == "extra_forbidden":
        known = _known_keys(where[:-1])
        hint = did_you_mean(str(where[-1]), known) or "unknown key"
        return InputError(key, allowed=f"one of {', '.join(known)}", file=path, hint=hint)
    if fault["type"] == "missing":
        return InputError(key, file=path, hint="this key is required")
    value = fault.get("input")
    shown = "" if value is None or isinstance(value, dict) else value
    return InputError(key or "the mapping", shown, file=path, hint=fault["msg"].removeprefix("Value error, "))


def _known_keys(where: list[int | str]) -> list[str]:
    models: dict[str, type[BaseModel]] = {
        "columns": Columns, "exclude": ExcludeRule, "needs": NeedRule, "defaults": Defaults, "period": Period,
    }  # fmt: skip
    model = models.get(str(where[0]), StreamMapping) if where else StreamMapping
    if where[:1] == ["columns"] and len(where) == 2:
        model = TimeColumns
    return [field.alias or name for name, field in model.model_fields.items()]


def _file_fault(path: Path, allowed: str, hint: str) -> InputError:
    return InputError("demand.mapping", str(path), allowed=allowed, hint=hint)
