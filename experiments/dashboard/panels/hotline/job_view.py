"""How work on a file stands: how far it is, with a button that gives it up, or why there is no answer."""

import base64

import solara

from analysis.report.html_page import escape
from experiments.dashboard.panels.alert import Alert
from experiments.dashboard.parts import Status
from experiments.dashboard.serving.job import Job
from experiments.dashboard.words.error_line import error_line
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word


@solara.component
def JobView(job: Job, names: tuple[str, ...], language: str) -> None:
    """Say how the work stands; `names`: of its tasks, as the words call them."""
    asked, progress = job.asked.value, job.progress.value
    solara.use_thread(lambda _cancel: job.run(asked), dependencies=[asked], intrusive_cancel=False)
    with solara.Div(classes=["cogov-job"]):
        if progress is not None:
            number, of, stage, share = progress
            text = said("job_of", language).format(
                said(names[number], language), said(f"stage_{stage}", language), share
            )
            Status(
                words={"cancel": word("cancel", language)},
                done=round(100 * (number + share)),
                total=100 * of,
                text=text,
                state="running",
                event_cancel=lambda _: job.cancel(),
            )
        elif job.error.value:
            Alert(error_line(job.error.value, language))
        elif job.cancelled.value:
            solara.HTML(tag="p", unsafe_innerHTML=said("job_cancelled", language), classes=["cogov-note"])


def paragraphs(lines: list[str], kind: str = "") -> str:
    """Return lines as paragraphs."""
    return "".join(f"<p class='{kind}'>{escape(line)}</p>" for line in lines)


def picture(content: bytes, told: str) -> str:
    """Return a picture with what it shows."""
    data = base64.b64encode(content).decode("ascii")
    return f"<img class='cogov-picture' src='data:image/png;base64,{data}' alt=\"{escape(told)}\">"


def commands_html(lines: list[str], language: str) -> str:
    """Return commands to copy, folded."""
    text = "\n".join(lines)
    head = escape(said("commands", language))
    return (
        f"<details class='cogov-commands'><summary>{head}</summary>"
        f"<pre tabindex='0' aria-label=\"{head}\">{escape(text)}</pre></details>"
    )
