"""The zip file around a workbook: judged from its directory before a single byte is unpacked."""

from __future__ import annotations

import os
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError, Limits
from supplier_eval.intake.xml_stream import HostileXmlError, stream_xml

MOST_PARTS = 5_000
LARGEST_DIRECTORY = 2 * 1024 * 1024
HIGHEST_RATIO = 100
RATIO_JUDGED_FROM = 4 * 1024 * 1024
END, END64, LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/")
NESTED = (".zip", ".xlsx", ".xlsm", ".xls", ".docx", ".doc", ".pptx", ".7z", ".rar", ".gz")


@dataclass(frozen=True)
class Package:
    """An opened workbook file whose directory was found harmless.

    Parameters
    ----------
    archive : ZipFile
        Open for reading.
    parts : dict
        Part name in lower case → its entry.
    table : str
        Name that findings carry.
    """

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    table: str

    def has(self, part: str) -> bool:
        """Whether the part exists; names differ in no more than case."""
        return part.lower() in self.parts

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """One part as a stream of unpacked bytes."""
        info = self.parts.get(part.lower())
        if info is None:
            raise FileRefusedError(Finding("files.xlsx.damaged", self.table, value=part))
        with self.archive.open(info) as stream:
            yield stream

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id → (last word of the type, part meant); outside targets are left out."""
        folder, file = posixpath.split(part)
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name != "Relationship" or attributes.get("TargetMode") == "External":
                return
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

        if self.has(rels):
            with self.open(rels) as stream:
                stream_xml(stream, start)
        return found


@contextmanager
def open_package(path: Path, table: str, limits: Limits) -> Iterator[tuple[Package, list[Finding]]]:
    """Open a workbook file after judging its directory; damage found later becomes a finding too.

    Yields
    ------
    tuple of (Package, list of Finding)
        The package and warnings about parts that are not read.

    Raises
    ------
    FileRefusedError
        With the one finding that says why the file is refused.
    """
    try:
        _check_directory_size(path, table)
        with zipfile.ZipFile(path) as archive:
            package = Package(archive, _parts(archive.infolist(), table, limits), table)
            yield package, _unread(package)
    except HostileXmlError as hostile:
        raise FileRefusedError(Finding(str(hostile), table, value=path.name)) from None
    except DAMAGE as error:
        facts = {"reason": str(error)[:200]}
        raise FileRefusedError(Finding("files.xlsx.damaged", table, value=path.name, facts=facts)) from None


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ExpatError,
    KeyError,
    IndexError,
    ValueError,
    OverflowError,
    RuntimeError,
)


def _check_directory_size(path: Path, table: str) -> None:
    """Refuse a directory that alone would fill the memory; `zipfile` reads it whole when it opens a file."""
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 22 - 65_535))
        tail = stream.read()
        at = len(tail) - 22 if tail[-22:-18] == END and tail[-2:] == b"\0\0" else tail.rfind(END)
        if at < 0 or len(tail) - at < 22:
            raise zipfile.BadZipFile("no end of directory")
        directory = struct.unpack_from("<L", tail, at + 12)[0]
        before = tail[max(0, at - 76) : at]
        if before[-20:-16] == LOCATOR64 and before[:4] == END64:
            directory = max(directory if directory != 0xFFFFFFFF else 0, struct.unpack_from("<Q", before, 40)[0])
    if directory > LARGEST_DIRECTORY:
        raise FileRefusedError(
            Finding("files.xlsx.too_many_parts", table, value=path.name, facts={"limit": MOST_PARTS})
        )


def _parts(entries: list[zipfile.ZipInfo], table: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Entries by lower-case name, after count, size, ratio, encryption and method were found in order."""
    if len(entries) > MOST_PARTS:
        raise FileRefusedError(Finding("files.xlsx.too_many_parts", table, facts={"limit": MOST_PARTS}))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        facts = {"found": unpacked, "limit": limits.unpacked_bytes}
        raise FileRefusedError(Finding("files.limits.unpacked", table, facts=facts))
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.lower().lstrip("/")
        if entry.file_size > RATIO_JUDGED_FROM and entry.file_size > HIGHEST_RATIO * entry.compress_size:
            facts = {"ratio": entry.file_size // max(entry.compress_size, 1), "limit": HIGHEST_RATIO}
            raise FileRefusedError(Finding("files.xlsx.bomb", table, value=entry.filename, facts=facts))
        if entry.flag_bits & 0x1:
            raise FileRefusedError(Finding("files.xlsx.encrypted", table, value=entry.filename))
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile(f"compression method {entry.compress_type}")
        if name in parts:
            raise FileRefusedError(Finding("files.xlsx.duplicate_part", table, value=entry.filename))
        parts[name] = entry
    if any(mark in name for name in parts for mark in MACRO_PARTS):
        raise FileRefusedError(Finding("files.type.macros", table))
    return parts


def _unread(package: Package) -> list[Finding]:
    """Warnings about links to other workbooks and files inside the file: neither is ever opened."""
    links = [name for name in package.parts if name.startswith("xl/externallinks/") and name.endswith(".xml")]
    nested = [name for name in package.parts if "/embeddings/" in name or name.endswith(NESTED)]
    found = []
    if links:
        facts = {"count": len(links)}
        found.append(Finding("files.xlsx.external_links", package.table, facts=facts, severity="warning"))
    if nested:
        facts = {"count": len(nested)}
        found.append(Finding("files.xlsx.embedded", package.table, value=nested[0], facts=facts, severity="warning"))
    return found
