"""Directives that write the reference from the code: parameters, scenarios and commands.

Nodes are made one by one, not Markdown: a text of the schema may hold any character.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.parsing import nested_parse_to_nodes

import analysis
from experiments import cli
from experiments.arguments.key_values import shown
from sim.parameters.scenario import GRADES, Parameter, Scenario, describe, flatten
from sim.scenario.loading import BASELINE, load_scenario, scenario_names
from sim.scenario.remarks import remarks

#: What a scenario says of itself, not what it changes.
_ABOUT = ("name", "title.en", "title.zh", "description", "evidence")


class Parameters(Directive):
    """Every parameter by group: default, unit, range, source, grade, meaning."""

    def run(self) -> list[nodes.Node]:
        """Return a section a group."""
        groups: dict[str, list[Parameter]] = {}
        for row in describe():
            if row.key not in _ABOUT:
                groups.setdefault(row.key.rpartition(".")[0].partition(".")[0], []).append(row)
        return [
            _section(group or "the run", f"parameters-{group or 'run'}", [_definitions(rows)])
            for group, rows in groups.items()
        ]


class Grades(Directive):
    """The grades of evidence, and how many parameters have each."""

    def run(self) -> list[nodes.Node]:
        """Return a table."""
        rows = [row for row in describe() if row.key not in _ABOUT]
        counts = {grade: sum(row.grade == grade for row in rows) for grade in GRADES}
        body = [[grade, str(counts[grade]), text] for grade, text in GRADES.items()]
        return [_table(("grade", "parameters", "meaning"), body)]


class Scenarios(Directive):
    """Every shipped scenario: what it says of itself, and what it changes against the baseline."""

    def run(self) -> list[nodes.Node]:
        """Return a section a scenario."""
        return [_scenario(name) for name in scenario_names()]


class Commands(Directive):
    """Every command with its own help."""

    def run(self) -> list[nodes.Node]:
        """Return a section a command."""
        return [_section(f"cogov {name}", f"command-{name}", [_text(help_of(name))]) for name in cli.COMMANDS]


class Analysis(SphinxDirective):
    """The modules of `analysis` that there are when the site is built, each with its public functions."""

    def run(self) -> list[nodes.Node]:
        """Return a section a module; stands in an `eval-rst` block, as autodoc writes no Markdown."""
        lines: list[str] = []
        for module in analysis_modules():
            lines += [module, "~" * len(module), "", f".. automodule:: {module}", "   :members:", ""]
        text = StringList(lines, source="analysis")
        return nested_parse_to_nodes(self.state, text, allow_section_headings=True)


def analysis_modules() -> list[str]:
    """Modules of `analysis` that hold a method: neither figures nor the tables of validation."""
    folder = Path(analysis.__file__).parent
    paths = [path.relative_to(folder.parent).with_suffix("") for path in folder.rglob("[a-z]*.py")]
    return sorted(".".join(path.parts) for path in paths if path.parts[1] not in ("figures", "validation"))


def help_of(command: str) -> str:
    """What `cogov COMMAND --help` prints."""
    return (cli._module(command).__doc__ or "").strip()


def _scenario(name: str) -> nodes.section:
    scenario, said = load_scenario(name), remarks(name)
    values, baseline = flatten(scenario), flatten(Scenario())
    body: list[nodes.Node] = [_paragraph(f"{scenario.title.en} · {scenario.title.zh}")]
    body += [_paragraph(text) for text in (scenario.description, " ".join(said.header)) if text]
    if scenario.evidence:
        body.append(_paragraph(f"Evidence: {scenario.evidence}."))
    rows = [
        [row.key, shown(values[row.key]), shown(baseline[row.key]), row.unit, row.grade, said.of(row.key)[0]]
        for row in describe()
        if row.key not in _ABOUT and values[row.key] != baseline[row.key]
    ]
    if rows:
        body.append(_table(("parameter", "here", "baseline", "unit", "grade", "why"), rows, code=(0,)))
    else:
        body.append(_paragraph(f"Changes nothing against {BASELINE}: all parameters have their defaults."))
    return _section(name, f"scenario-{name.replace('/', '-')}", body)


def _definitions(rows: Iterable[Parameter]) -> nodes.definition_list:
    found = nodes.definition_list()
    for row in rows:
        term = nodes.term("", "", nodes.literal("", row.key), ids=[f"parameter-{row.key}"])
        term += nodes.Text(f" = {shown(row.default)}{f' {row.unit}' if row.unit else ''}")
        facts = [f"Allowed: {row.allowed}."]
        if row.low is not None and row.high is not None:
            facts.append(f"Plausible: {row.low:g} to {row.high:g}.")
        facts.append(f"Grade: {row.grade}.")
        facts += [f"Source: {row.source}."] if row.source else []
        facts += ["Must be the same in a comparison."] if row.tape else []
        meaning = " ".join(part for part in (row.text, row.note) if part)
        found += nodes.definition_list_item(
            "", term, nodes.definition("", _paragraph(meaning), _paragraph(" ".join(facts)))
        )
    return found


def _section(title: str, identity: str, body: Sequence[nodes.Node]) -> nodes.section:
    section = nodes.section("", nodes.title("", title), ids=[nodes.make_id(identity)], names=[identity])
    section += list(body)
    return section


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def _text(text: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="text")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], code: Sequence[int] = ()) -> nodes.table:
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *[_row(cells, code) for cells in rows])
    return nodes.table("", group, classes=["docutils", "align-default"])


def _row(cells: Sequence[str], code: Sequence[int] = ()) -> nodes.row:
    row = nodes.row()
    for place, cell in enumerate(cells):
        text = nodes.paragraph("", "", nodes.literal("", cell)) if place in code else _paragraph(cell)
        row += nodes.entry("", text)
    return row


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("cogov-parameters", Parameters)
    app.add_directive("cogov-grades", Grades)
    app.add_directive("cogov-scenarios", Scenarios)
    app.add_directive("cogov-commands", Commands)
    app.add_directive("cogov-analysis", Analysis)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
