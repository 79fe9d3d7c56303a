"""The bytes of a text file in one pass: SHA-256, quotes, NUL, and the encoding by the rule of small tables."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace
from pathlib import Path

from supplier_eval.errors import Finding
from supplier_eval.intake.encoding import MARKS, decode
from supplier_eval.intake.raw_table import FileRefusedError

CHUNK = 1 << 20
FOREIGN = re.compile(rb"[\x80-\xff]")


class TextBytes:
    """One pass over the bytes of a text file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name that findings carry.

    Attributes
    ----------
    size, sha256 : int, str
        Of the whole file.
    quoted : bool
        Whether it has a double quote.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.size, self.quoted, self.utf8 = 0, False, True
        self.foreign = -1  # where the first byte outside ASCII stands
        self.null = -1
        found = hashlib.sha256()
        decoder = codecs.getincrementaldecoder("utf-8")()
        with path.open("rb") as stream:
            self.head = stream.read(4)
            stream.seek(0)
            while data := stream.read(CHUNK):
                found.update(data)
                self.quoted = self.quoted or b'"' in data
                if self.null < 0 and b"\0" in data:
                    self.null = self.size + data.index(b"\0")
                self._judge(data, decoder)
                self.size += len(data)
        self.sha256 = found.hexdigest()
        if self.utf8 and decoder.getstate()[0]:
            self.utf8 = False

    def _judge(self, data: bytes, decoder: codecs.IncrementalDecoder) -> None:
        if data.isascii():
            if decoder.getstate()[0]:
                self.utf8 = False
            return
        if self.foreign < 0:
            self.foreign = self.size + _foreign_at(data)
        if self.utf8:
            try:
                decoder.decode(data)
            except UnicodeDecodeError:
                self.utf8 = False

    def encoding(self) -> tuple[str, int]:
        """Codec and length of the byte-order mark; the whole file is checked against it.

        Raises
        ------
        FileRefusedError
            Where no rule gives an encoding, or some byte does not fit it; NUL characters.
        """
        mark, marked = next(((m, codec) for m, codec in MARKS if self.head.startswith(m)), (b"", ""))
        chosen = marked
        if marked in {"", "utf-8"}:
            chosen = "utf-8" if self.utf8 else self._told(bool(marked))
        if self.null >= 0 and not chosen.startswith("utf-16"):
            row = self._row(self.null)
            raise FileRefusedError(Finding("files.encoding.nul", self.name, rows=(row,), facts={"byte": self.null + 1}))
        if chosen != "utf-8":
            self._check(chosen, len(mark))
        return chosen, len(mark)

    def _told(self, marked: bool) -> str:
        """What the rule of small tables says of the lines around the first byte outside ASCII."""
        with self.path.open("rb") as stream:
            back = max(0, self.foreign - CHUNK // 16)
            stream.seek(back)
            before = stream.read(self.foreign - back)
            start = back + before.rfind(b"\n") + 1
            stream.seek(0 if marked else start)
            sample = stream.read(CHUNK)
        whole = sample if len(sample) < CHUNK else sample[: sample.rfind(b"\n") + 1] or sample
        try:
            return decode(whole, self.name)[1]
        except FileRefusedError as refusal:
            raise FileRefusedError(self._moved(refusal.finding, 0 if marked else start)) from None

    def _moved(self, finding: Finding, start: int) -> Finding:
        """A finding of a sample, with the row and the byte of the whole file."""
        facts = dict(finding.facts)
        byte = facts.get("byte")
        if isinstance(byte, int):
            facts["byte"] = byte + start
            return replace(finding, rows=(self._row(start + byte - 1),), facts=facts)
        return finding

    def _row(self, at: int) -> int:
        """The line in which a byte lies, the header being 1."""
        rows = 1
        with self.path.open("rb") as stream:
            while at > 0 and (data := stream.read(min(at, CHUNK))):
                rows += data.count(b"\n")
                at -= len(data)
        return rows

    def _check(self, encoding: str, mark: int) -> None:
        decoder = codecs.getincrementaldecoder(encoding)()
        done = mark
        with self.path.open("rb") as stream:
            stream.seek(mark)
            while True:
                data = stream.read(CHUNK)
                held = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(data, final=not data)
                except UnicodeDecodeError as error:
                    at = done - held + error.start
                    facts = {"encoding": encoding, "byte": at + 1}
                    bad = error.object[error.start : error.start + 4].hex(" ")
                    rows = (self._row(at),)
                    finding = Finding("files.encoding.undecodable", self.name, rows=rows, value=bad, facts=facts)
                    raise FileRefusedError(finding) from None
                if "\0" in text:
                    row = self._row(done)
                    raise FileRefusedError(Finding("files.encoding.nul", self.name, rows=(row,), facts={"byte": done}))
                if not data:
                    return
                done += len(data)


def _foreign_at(data: bytes) -> int:
    """Where the first byte outside ASCII stands."""
    found = FOREIGN.search(data)
    return found.start() if found else len(data)
