"""Which files a batch reads and where each result goes, before anything is read or written."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.file_kind import examine
from supplier_eval.intake.raw_table import FileRefusedError, Limits

Kind = Literal["csv", "parquet"]
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
FOLDER_ENDINGS = (".csv", ".tsv", ".parquet")
WANTED = frozenset((*TEXT_ENDINGS, ".parquet"))
ANY_SIZE = Limits(file_bytes=1 << 62, unpacked_bytes=1 << 62, rows=1 << 62, cells=1 << 62)
TABLE = "source"
REJECTS, TENDERS = "_rejects", "_tenders"


@dataclass(frozen=True)
class InputFile:
    """One file to read.

    Parameters
    ----------
    path : Path
        Where it is.
    name : str
        Its name inside the source, with ``/``.
    kind : {"csv", "parquet"}
        What it is.
    to : {"csv", "parquet"}
        What is written.
    """

    path: Path
    name: str
    kind: Kind
    to: Kind

    @property
    def output(self) -> str:
        """Name of the results inside the target: the same, with the ending of what is written."""
        return str(PurePosixPath(self.name).with_suffix(f".{self.to}"))

    @property
    def written(self) -> dict[str, str]:
        """Names of everything that may be written for this file."""
        tenders = PurePosixPath(TENDERS, self.output)
        return {
            "output": self.output,
            "rejects": str(PurePosixPath(REJECTS, self.output)),
            "tenders": f"{tenders}.u64",
        }


@dataclass(frozen=True)
class Inputs:
    """All files in the order of their names, and the warnings about what was passed over."""

    files: tuple[InputFile, ...]
    warnings: tuple[Finding, ...]


def find_inputs(source: str | Path, target: Path, to: Kind | None = None) -> Inputs:
    """Find the files of a source.

    Parameters
    ----------
    source : str or Path
        A file, a folder (with everything below it), or a pattern with ``*``, ``?``, ``[`` or ``**``.
    target : Path
        Folder of the results.
    to : {"csv", "parquet"}, optional
        What is written; None follows each input.

    Returns
    -------
    Inputs
        Names that begin with ``_`` or ``.`` are passed over, below a folder too; other kinds of file in a folder
        are passed over with a warning.

    Raises
    ------
    InvalidInput
        With every finding: nothing there, not what its ending says, two inputs with one output, a target that is
        the source, lies in it, or is a file.
    """
    base, paths, passed = _listed(source)
    found = _target_findings(source, base, target)
    files: list[InputFile] = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        if not name.isprintable() and not _is_text(name):
            found.append(Finding("batch.source.name", TABLE, value=repr(name)))
            continue
        try:
            known = examine(path, name, ANY_SIZE, WANTED)
        except FileRefusedError as refusal:
            other = refusal.finding.code == "files.type.unknown"
            facts = {"read": ", ".join(sorted(WANTED))}
            found.append(Finding("batch.source.kind", TABLE, value=name, facts=facts) if other else refusal.finding)
            continue
        kind: Kind = "parquet" if known.ending == ".parquet" else "csv"
        files.append(InputFile(path, name, kind, to or kind))
    if not paths:
        facts = {
            "read": ", ".join(FOLDER_ENDINGS),
            "n": str(len(passed)),
            "passed": ", ".join(p.name for p in passed[:5]),
        }
        code = "batch.source.none_read" if passed else "batch.source.none"
        found.append(Finding(code, TABLE, value=str(source), facts=facts))
    found += _collisions(files, target) if not any(f.table == "target" for f in found) else []
    if found:
        raise InvalidInput(found, str(source))
    files.sort(key=lambda file: file.name)
    warnings = []
    if passed:
        shown = ", ".join(path.name for path in passed[:5]) + (" …" if len(passed) > 5 else "")
        warnings = [
            Finding("batch.source.passed_over", TABLE, value=shown, facts={"n": len(passed)}, severity="warning")
        ]
    return Inputs(tuple(files), tuple(warnings))


def _listed(source: str | Path) -> tuple[Path, list[Path], list[Path]]:
    """The folder that names are relative to, the files, and files of other kinds in a folder."""
    path = Path(source)
    if path.is_dir():
        every = [one for one in _below(path) if not _hidden(one.relative_to(path))]
        taken = [one for one in every if one.suffix.lower() in FOLDER_ENDINGS and not one.is_dir()]
        return path, taken, [one for one in every if one not in set(taken)]
    if path.exists() or not glob.has_magic(str(source)):
        return path.parent, [path], []
    base = _fixed_part(path)
    matched = (Path(one) for one in glob.glob(str(source), recursive=True))  # noqa: PTH207 - a pattern may be absolute
    return base, sorted(one for one in matched if one.is_file() and not _hidden(one.relative_to(base))), []


def _below(folder: Path) -> Iterator[Path]:
    """Files below a folder, and links to folders, which are not followed: they may lead in a circle."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(here, name).is_symlink()]
        yield from (Path(here, name) for name in sorted([*names, *links]))


def _hidden(name: Path) -> bool:
    return any(part.startswith(("_", ".")) for part in name.parts)


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _fixed_part(pattern: Path) -> Path:
    """The folders of a pattern before its first wildcard."""
    fixed: list[str] = []
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed) if fixed else Path()


def _target_findings(source: str | Path, base: Path, target: Path) -> list[Finding]:
    """What speaks against writing there."""
    if target.exists() and not target.is_dir():
        return [Finding("batch.target.file", "target", value=str(target))]
    if target.suffix.lower() in WANTED and not target.exists():
        return [Finding("batch.target.file_name", "target", value=str(target))]
    walked = Path(source).is_dir() or "**" in str(source)
    if walked and target.resolve().is_relative_to(base.resolve()):
        return [Finding("batch.target.source", "target", value=str(target))]
    return []


def _collisions(files: list[InputFile], target: Path) -> list[Finding]:
    """Inputs whose results would have one name, also where the disk does not tell capitals from small letters."""
    by_name: dict[str, list[str]] = {}
    for file in files:
        by_name.setdefault(file.output.casefold(), []).append(file.name)
    twice = [names for names in by_name.values() if len(names) > 1]
    found = [Finding("batch.target.collision", "target", value=", ".join(sorted(names))) for names in twice]
    inputs = {file.path.resolve() for file in files}
    over = [file.name for file in files if target.is_dir() and (target / file.output).resolve() in inputs]
    return found + [Finding("batch.target.over_input", "target", value=name) for name in over]
