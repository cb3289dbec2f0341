"""The report of an import, with its figures: what `cogov import` writes and the page hands out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.figures.page.style import Provenance
from analysis.findings.request_file_rows import note_text, reason_text
from analysis.report.request_file_figures import write_request_file
from analysis.report.request_file_report import write_request_file_report
from analysis.request_files.column_roles import Roles
from analysis.request_files.findings import Findings
from experiments.city.import_file.draft_mapping import reasons
from experiments.output.manifest import code_hash
from sim.request_file.loading import RequestStream


def file_facts(name: str, found: Findings, stream: RequestStream) -> dict[str, Any]:
    """Return what a manifest says of a file."""
    return {
        "name": name,
        "rows": found.rows,
        "used": found.used,
        "sha256_of_content_and_mapping": stream.digest,
        "notes": [str(one) for one in found.notes],
    }


def told_account(found: Findings, language: str) -> list[tuple[str, int]]:
    """Return where the rows went, in words, and how many."""
    return [(reason_text(reason, why, language), rows) for reason, rows, why in found.account]


def write_report(
    folder: Path,
    name: str,
    found: Findings,
    roles: Roles,
    stream: RequestStream,
    manifest: Mapping[str, Any],
    language: str,
) -> Path:
    """Write `report.html` and the figures into a folder; return the report."""
    source = Provenance(code_hash()[:12], str(manifest["command"]))
    figures = write_request_file(found, stream, folder / "figures", source, language)
    return write_request_file_report(
        folder / "report.html",
        name,
        found,
        roles,
        figures,
        manifest,
        reasons=reasons(roles, language),
        notes=[note_text(one, language) for one in found.notes],
        account=told_account(found, language),
        language=language,
    )
