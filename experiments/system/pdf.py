"""A page on paper: printed to PDF by a browser that is on the machine, without a network.

See docs/decisions/0015-pdf-by-browser.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sim.errors import InputError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
            "microsoft-edge", "microsoft-edge-stable", "brave-browser")  # fmt: skip
#: Where they are installed without being on the path.
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
_SECONDS = 120


def find_browser(named: str | None = None) -> str:
    """Return a browser that can print to PDF.

    Raises
    ------
    InputError
        If the one named, or any, is not on this machine.
    """
    wanted = "Chromium, Chrome or Edge on this machine, or browser=PATH"
    if named is not None:
        found = shutil.which(named)
        if found is None:
            raise InputError("browser", named, wanted, hint="no program of that name")
        return found
    for name in (*BROWSERS, *PLACES):
        if (found := shutil.which(name)) is not None:
            return found
    raise InputError("format", "pdf", wanted, hint="any browser can print the HTML file as well")


def print_page(page: Path, target: Path, browser: str) -> None:
    """Print a page to a PDF file.

    Raises
    ------
    InputError
        If the browser writes none.
    """
    # On Windows the browser's helpers may hold their files a moment longer than the browser lives.
    with tempfile.TemporaryDirectory(prefix="cogov-print-", ignore_cleanup_errors=True) as profile:
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--disable-extensions",
            "--disable-background-networking",
            "--no-first-run",
            "--no-pdf-header-footer",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={target}",
            page.resolve().as_uri(),
        ]
        # As root (in a container) Chromium does not start with its sandbox; the page is our own.
        if sys.platform != "win32" and os.geteuid() == 0:
            command.insert(2, "--no-sandbox")
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            said = done.stderr.decode(errors="replace").strip().splitlines()
        except subprocess.TimeoutExpired:
            said = [f"it took more than {_SECONDS} seconds"]
        except OSError as error:
            said = [error.strerror or "it does not start"]
    if not target.is_file() or not target.read_bytes().startswith(b"%PDF"):
        raise InputError(
            "browser", browser, "one that prints to PDF", hint=said[-1] if said else "it wrote no file"
        )
