"""LibreOffice, where it is installed: opens workbooks, computes every formula afresh, and saves them."""

from __future__ import annotations

import functools
import math
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
WHY_NOT = "LibreOffice (soffice) is not installed, so formulas cannot be computed afresh"
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def recalculate(files: Sequence[Path], folder: Path) -> dict[str, Path]:
    """File name without ending → the file computed afresh; without the setting cached values would be kept."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = [str(PROGRAM), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), *map(str, files)], check=True, capture_output=True, timeout=240)
    return {file.stem: out / file.name for file in files}


@functools.cache
def figures(path: Path) -> dict[tuple[str, str], object]:
    """(Sheet, cell) → its value, as cached in the file."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


@functools.cache
def formulas(path: Path) -> dict[tuple[str, str], str]:
    """(Sheet, cell) → its formula."""
    book = openpyxl.load_workbook(path)
    cells = [(sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row]
    return {(title, cell.coordinate): str(cell.value) for title, cell in cells if cell.data_type == "f"}


def differences(given: Path, fresh: Path) -> dict[tuple[str, str], tuple[object, object]]:
    """Formula cells whose fresh value is not the cached one, to a billionth."""
    before, after = figures(given), figures(fresh)
    return {at: (before[at], after.get(at)) for at in formulas(given) if not _close(before[at], after.get(at))}


def _close(one: object, other: object) -> bool:
    if isinstance(one, str) or one is None:
        return (one or "") == (other or "")  # an empty text is kept as no value
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)
