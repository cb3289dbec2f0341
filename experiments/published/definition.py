"""What the file of a published experiment may say: its keys and their types, checked before anything runs."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from experiments.arguments.input_hints import MissingInput
from experiments.arguments.run_plan import LARGEST_REPLICATIONS
from sim.errors import InputError, did_you_mean
from sim.scenario.seeds import LARGEST_SEED

FIGURES = ("differences", "decisions", "break_even", "sweep", "map")
COMMANDS = ("staffing", "sensitivity", "attribute", "discover", "sweep")

Text = Annotated[StrictStr, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]
Level = bool | int | float | str
FileName = Annotated[StrictStr, Field(pattern=r"^[\w][\w.-]*$", max_length=120)]
# A key with nothing behind it is an arm or a level that sets nothing.
Emptied = BeforeValidator(lambda value: {} if value is None else value)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Title(_Strict):
    """Names in two languages."""

    en: Text
    zh: Text


class Arm(_Strict):
    """A scenario (default: the one called like the arm), what is set in it, and from which arm it differs.

    Its differences are from the arm named by `against`; without that from the first.
    """

    scenario: Text | None = None
    set: dict[Text, Any] = {}
    against: Text | None = None


class Varied(_Strict):
    """Something that is varied: a key over values, or levels each of which sets something."""

    key: Text | None = None
    values: Annotated[list[Level], Field(min_length=1, max_length=1000)] | None = None
    levels: (
        Annotated[
            dict[Level, Annotated[dict[Text, Any], Emptied]],
            Field(min_length=1, max_length=1000),
        ]
        | None
    ) = None
    arms: list[Text] = []


class Figure(_Strict):
    """What is drawn."""

    kind: Literal["differences", "decisions", "break_even", "sweep", "map"]
    x: Text | None = None
    y: Text | None = None
    lines: Text | None = None
    panels: Text | None = None
    value: Literal["mean", "difference"] = "mean"
    metrics: Texts | None = None
    labels: dict[Level, Title] = {}


class _About(_Strict):
    title: Title
    question: Text
    reading: str = ""
    grade: str = "assumed"


class CellsFile(_About):
    """An experiment made of cells."""

    seed: Annotated[StrictInt, Field(ge=0, le=LARGEST_SEED)] = 1
    replications: Annotated[StrictInt, Field(ge=1, le=LARGEST_REPLICATIONS)] = 20
    arms: Annotated[dict[Text, Annotated[Arm, Emptied]], Field(min_length=1)]
    vary: Annotated[dict[Text, Annotated[Varied, Emptied]], Emptied] = {}
    metrics: Texts
    figure: Figure


class CommandFile(_About):
    """An experiment that is a command."""

    command: Literal["staffing", "sensitivity", "attribute", "discover", "sweep"]
    words: Annotated[list[Level], Field(min_length=1)]
    table: FileName
    keys: Texts
    numbers: Annotated[dict[Text, Text | tuple[Text, Text] | None], Field(min_length=1)]
    figure: FileName | None = None


def checked[Kind: _About](kind: type[Kind], content: Any, file: Path) -> Kind:
    """Return what a file says; the first fault becomes an `InputError`."""
    try:
        return kind.model_validate(_with_tuples(content))
    except ValidationError as error:
        raise _first_fault(kind, error, file) from None


def _with_tuples(content: dict[Any, Any]) -> dict[Any, Any]:
    """YAML knows lists, strict models want tuples where the number of items is fixed."""
    numbers = content.get("numbers")
    if not isinstance(numbers, dict):
        return content
    pairs = {name: tuple(ends) if isinstance(ends, list) else ends for name, ends in numbers.items()}
    return {**content, "numbers": pairs}


def _first_fault(kind: type[_About], error: ValidationError, file: Path) -> InputError:
    faults = error.errors(include_url=False)
    # A misspelt key explains more than the one that is missing because of it.
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    # Names of types and "[key]" stand in the place as well where a value may be of several types.
    where = [part for part in fault["loc"] if part not in ("[key]", "bool", "int", "float", "str")]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")
    value = "" if isinstance(fault["input"], dict) else fault["input"]
    if fault["type"] == "extra_forbidden":
        models: dict[str, type[BaseModel]] = {"figure": Figure, "arms": Arm, "vary": Varied, "title": Title}
        name = str(where[-1])
        known = list((models.get(str(where[0]), kind) if len(where) > 1 else kind).model_fields)
        return InputError(key, value, f"one of {', '.join(known)}", file, did_you_mean(name, known))
    if fault["type"] == "missing":
        return MissingInput(key, "", "given in a published experiment", file)
    said = fault["msg"].replace("Input should be ", "").replace("valid dictionary or instance", "mapping")
    return InputError(key, value, said.replace("valid dictionary", "mapping"), file)
