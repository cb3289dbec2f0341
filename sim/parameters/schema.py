"""How a parameter is declared: the `par` helper and the base class of the parameter groups.

A parameter is declared once, as a field of a group, and carries everything anybody needs to know about it:
default, unit, hard bounds (outside them the model makes no sense and input is refused), plausible range (what
sensitivity studies vary), source and evidence grade. Documentation, validation, `cogov explain` and sliders
read it from here. Imports pydantic and nothing else.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

Grade = Literal["measured", "published", "assumed", "calibrated", "setting"]
GRADES: dict[Grade, str] = {
    "measured": "counted or measured in data that can be named",
    "published": "an estimate or a rule from a published study or official document",
    "assumed": "no source: a guess with a range, part of every sensitivity study",
    "calibrated": "chosen so that the model meets a stated target",
    "setting": "a choice about the experiment, not a claim about the world",
}

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]

# YAML knows lists, frozen models need tuples: lax for the sequence, strict for what it holds.
Shares = Annotated[tuple[Share, ...], Strict(False)]
Triple = Annotated[tuple[NotNegative, NotNegative, NotNegative], Strict(False)]
ShareTriple = Annotated[tuple[Share, Share, Share], Strict(False)]
ShareMatrix = Annotated[tuple[ShareTriple, ShareTriple, ShareTriple], Strict(False)]


class Fixed(dict[Any, Any]):
    """A mapping of a parameter: as immutable as the group that holds it."""

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError(
            "parameters are fixed once a scenario is loaded; write load_scenario(NAME, ['key=value'])"
        )

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> Any:
        """Travel to another process as a plain mapping, and become fixed there."""
        return type(self), (dict(self),)


class Group(BaseModel):
    """Base of all parameter groups: immutable, no unknown keys, no silent conversion, no nan or infinity."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        revalidate_instances="never",
        # Most of a schema is made anew within that of what holds the group: once, when the first is checked.
        defer_build=True,
    )

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse, in one sentence: a run that has begun would not follow."""
        if name in type(self).model_fields:
            raise AttributeError(
                f"{name} cannot be set: parameters are fixed once a scenario is loaded; "
                f"write load_scenario(NAME, ['GROUP.{name}=…'])"
            )
        super().__setattr__(name, value)

    @model_validator(mode="after")
    def _fix(self) -> Self:
        for name, value in vars(self).items():
            if type(value) is dict:
                vars(self)[name] = Fixed(value)
        return self


def par(
    default: Any,
    text: str,
    *,
    grade: Grade,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    source: str = "",
    note: str = "",
    tape: bool = False,
    kind: str = "",
    choices: tuple[str, ...] = (),
    **bounds: Any,
) -> Any:
    """Declare one parameter.

    Parameters
    ----------
    default
        Value in the baseline scenario.
    text
        What it means, one sentence.
    grade
        How well it is known, a key of `GRADES`.
    unit
        Unit, empty for a pure number, a switch or a name.
    low, high
        Plausible range, varied by sensitivity studies. None where varying makes no sense.
    source
        Where the value comes from; empty for assumptions and settings.
    note
        What to keep in mind when changing it.
    tape
        True if it decides which needs and people exist or are recorded. Scenarios that differ here have no
        twins and cannot be compared case by case.
    kind
        "path" for names of files, "text" for free text: the command line takes their values literally.
    choices
        Names to offer for a text that may be something else too.
    **bounds
        Hard bounds for validation: ge, gt, le, lt, min_length, max_length, pattern.
    """
    extra: dict[str, Any] = {
        "unit": unit,
        "low": low,
        "high": high,
        "source": source,
        "grade": grade,
        "note": note,
        "tape": tape,
        "kind": kind,
        "choices": choices,
    }
    return Field(default=default, description=text, json_schema_extra=extra, **bounds)


def group(kind: type[Group]) -> Any:
    """Declare a nested group with all its defaults."""
    return Field(default_factory=kind)


def reject(key: str, value: object, allowed: str) -> PydanticCustomError:
    """The error of a check that spans several fields; `key` is the full dotted name to blame."""
    return PydanticCustomError(
        "cross_field",
        "must be {allowed}",
        {"key": key, "value": value, "allowed": allowed},
    )


def check_sum_is_one(key: str, shares: tuple[float, ...] | list[float]) -> None:
    """Refuse shares that do not sum to 1 (to within rounding of two or three printed digits)."""
    total = sum(shares)
    if abs(total - 1.0) > 1e-6:
        raise reject(key, [float(s) for s in shares], f"shares that sum to 1 (they sum to {total:.6g})")
