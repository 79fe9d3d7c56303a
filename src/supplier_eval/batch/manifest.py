"""What a batch has finished: a journal of lines that survives a kill at any moment, and its final form.

One JSON document a line. The first says what the batch was (policy, version, options); every further one is a file
that is finished, with the sizes and SHA-256 of what was read and written; the last says that all are. A line is on
disk before the file that it names gets its final name, so that whatever stands under a final name is on record.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from supplier_eval.batch.aside import replace_file, sync_folder
from supplier_eval.batch.cases import Cases
from supplier_eval.batch.counts import Counts
from supplier_eval.errors import SupplierEvalError

NAME = "_manifest.jsonl"
FORMAT = "supplier-eval-batch/1"
PARTS = {"output", "tenders"}  # of every finished input; rejects only where there are any


@dataclass(frozen=True)
class Written:
    """A file as it was read or written: its name inside its folder, its bytes, their SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One finished input.

    Parameters
    ----------
    file : str
        Name inside the source, with ``/``.
    input : Written
        What was read.
    written : dict of str to Written
        ``output``, ``rejects`` (only where there are any) and ``tenders``: names inside the target.
    counts : Counts
        Bids and tenders.
    cases : Cases
        What decides whether the results bind.
    """

    file: str
    input: Written
    written: Mapping[str, Written]
    counts: Counts
    cases: Cases

    def document(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {
            "file": self.file,
            "input": asdict(self.input),
            "written": {part: asdict(one) for part, one in sorted(self.written.items())},
            "counts": asdict(self.counts),
            "cases": asdict(self.cases),
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Entry:
        """Read it back."""
        written = {part: Written(**one) for part, one in document["written"].items()}
        counts, cases = Counts(**document["counts"]), Cases.of(document["cases"])
        return cls(document["file"], Written(**document["input"]), written, counts, cases)


@dataclass
class Manifest:
    """The journal of one target.

    Parameters
    ----------
    target : Path
        The folder that it describes.
    head : dict
        Policy, version and options: whatever changes a result.
    entries : dict of str to Entry
        Finished inputs by name.
    """

    target: Path
    head: dict[str, Any]
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it stands."""
        return self.target / NAME

    def begin(self) -> None:
        """Write what is known in one piece; a line that a kill tore is gone after this."""
        replace_file(self.path, _text(self._lines()))

    def add(self, entry: Entry) -> None:
        """Put a finished input on record, on disk before this returns."""
        self.entries[entry.file] = entry
        self._append(entry.document())

    def withdraw(self, file: str) -> None:
        """Take a finished input back: what was written of it does not stand."""
        del self.entries[file]
        self._append({"withdrawn": file})

    def finish(self, totals: Counts) -> None:
        """Write the final form: inputs by name, then the totals; the same batch always gives the same bytes."""
        last = {"complete": True, "files": len(self.entries), "counts": asdict(totals)}
        text = _text([*self._lines(), last])
        if not self.path.exists() or self.path.read_text(encoding="utf-8") != text:
            replace_file(self.path, text)

    def _lines(self) -> Iterator[dict[str, Any]]:
        yield {"format": FORMAT, **self.head}
        for name in sorted(self.entries):
            yield self.entries[name].document()

    def _append(self, document: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(_text([document]))
            stream.flush()
            os.fsync(stream.fileno())
        sync_folder(self.target)


def read_manifest(target: Path) -> Manifest | None:
    """Read the journal of a target; None where there is none.

    Parameters
    ----------
    target : Path
        The folder.

    Returns
    -------
    Manifest or None
        Lines after one that a kill tore, or somebody changed into something else, are not there: what they named
        stands on no record then, and is never written over or removed. A file that is no manifest has an empty
        `head`.
    """
    path = target / NAME
    if not path.exists():
        return None
    lines = list(_whole_lines(path))
    if not lines or lines[0].get("format") != FORMAT:
        return Manifest(target, {})
    known = Manifest(target, {key: value for key, value in lines[0].items() if key != "format"})
    for line in lines[1:]:
        if "withdrawn" in line:
            known.entries.pop(str(line["withdrawn"]), None)
        elif "file" in line:
            entry = _entry(line)
            if entry is None:
                break
            known.entries[entry.file] = entry
    return known


def _entry(line: Mapping[str, Any]) -> Entry | None:
    """A finished input; None where the line is none, or names files outside the target."""
    try:
        entry = Entry.of(line)
        names = [PurePosixPath(name) for name in (entry.file, *(one.name for one in entry.written.values()))]
    except (KeyError, TypeError, AttributeError, ValueError, SupplierEvalError):
        return None
    outside = any(name.is_absolute() or ".." in name.parts for name in names)
    return None if outside or not PARTS.issubset(entry.written) else entry


def _whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_bytes().split(b"\n")[:-1]:  # what follows the last line end was torn
        try:
            document = json.loads(line)
        except ValueError:
            return
        if not isinstance(document, dict):
            return
        yield document


def _text(documents: Any) -> str:  # noqa: ANN401 - plain data
    lines = (json.dumps(one, ensure_ascii=False, sort_keys=True, allow_nan=False) for one in documents)
    return "".join(f"{line}\n" for line in lines)
