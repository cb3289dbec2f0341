"""The tab for saving: a side under a name, what was compared before, files, command, figures and table."""

from pathlib import Path
from typing import Any

import solara

from experiments.dashboard.panels.export_panel import ExportPanel
from experiments.dashboard.panels.past_panel import PastPanel
from experiments.dashboard.parts import Commands, Save, SaveAs
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.state.saved_scenarios import Saved, saved_in
from experiments.dashboard.state.saving import command, file_name, needs_files, scenario_text, write_files
from experiments.dashboard.state.scenario_pair import LONGEST_TITLE, title
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.page_words import word, words_of
from sim.errors import InputError


@solara.component
def SavePanel(page_state: PageState) -> None:
    """Both sides under names and as files, the command that gives the same numbers, what was compared."""
    language, view = page_state.language.value, page_state.view.value
    folder: Path = Served.start.out
    files = [
        {
            "name": file_name(view, side),
            "text": scenario_text(view, side),
            "label": word("save_download", language).format(word(f"side_{'ab'[side]}", language)),
        }
        for side in range(2)
    ]
    with solara.Div():
        NamePanel(page_state)
        PastPanel(page_state)
        Save(words=words_of("save_", language), files=files)
        Commands(
            words={
                "title": word("save_command", language),
                "copy": word("save_copy", language),
                "copied": word("save_copied", language),
            },
            command=command(view, folder),
            note=word("save_written", language).format(folder) if needs_files(view) else "",
            event_write=lambda _: write_files(view, folder),
        )
        ExportPanel(page_state)


@solara.component
def NamePanel(page_state: PageState) -> None:
    """A side saved under a name, and what was saved so."""
    language, saved_as = page_state.language.value, page_state.saved_as.value
    letters = [word(f"side_{side}", language) for side in "ab"]
    between = "：" if language == "zh" else ": "
    SaveAs(
        words=words_of("name_", language),
        sides=[
            f"{letter}{between}{called}" for letter, called in zip(letters, page_state.titles(), strict=True)
        ],
        most=LONGEST_TITLE,
        status=word("saved_as", language).format(saved_as) if saved_as else "",
        saved=saved_as,
        rows=[_row(one, language) for one in saved_in(Served.start.out)],
        event_save=page_state.save_as,
    )


def _row(one: Saved, language: str) -> dict[str, Any]:
    """Return what is shown of a saved scenario: its title and file, or why it cannot be used."""
    name = Path(one.path).name
    if isinstance(one.content, InputError):
        reason = word("saved_unusable", language).format(error_line(one.content, language))
        return {"name": name, "title": name, "reason": reason}
    return {"name": name, "title": title(one.content, language), "reason": ""}
