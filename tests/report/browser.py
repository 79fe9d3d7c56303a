"""A real browser for the tests of pages: Debian's chromium, driven by playwright; skipped where it is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
WHY_NOT = "chromium is not installed (Debian's package chromium)"


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, without the network; closed at the end."""
    if not CHROMIUM.exists():
        pytest.skip(WHY_NOT)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page that was opened from a file, with everything that it asked for and complained about."""

    def __init__(self, browser: Any, path: Path, width: int = 1280) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"
        )
        self.page.goto(path.as_uri())

    def everything(self) -> str:
        """The whole document as it stands: texts, attributes, the title, what fields hold."""
        return str(
            self.page.evaluate(
                """() => [document.title, document.documentElement.outerHTML,
                ...[...document.querySelectorAll('input, select')].map((field) => field.value)].join('\\n')"""
            )
        )

    def cells(self, table: str) -> list[list[str]]:
        """Texts of a table's rows, heads of rows among them."""
        found = self.page.evaluate(
            """(name) => [...document.querySelectorAll(`table.${name} tbody tr`)]
            .map((row) => [...row.children].map((cell) => cell.textContent))""",
            table,
        )
        return [[str(cell) for cell in row] for row in found]
