"""What a path leads to, told from its ending and its first bytes, before any reader touches it."""

from __future__ import annotations

import re
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError, Limits

TEXT = {".csv", ".tsv", ".txt"}
READ = TEXT | {".xlsx", ".parquet", ".json"}
MACROS = {".xlsm", ".xltm", ".xlam", ".xlsb"}
OLE, ZIP, PARQUET, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK", b"PAR1", b"%PDF"
HTML = re.compile(
    rb"<\s*(!doctype\s+html|html|head|table|meta|style|div|body)\b|<\?mso-|urn:schemas-microsoft-com", re.I
)


@dataclass(frozen=True)
class KnownFile:
    """A regular file of a kind that is read: its path, its ending in lower case, its size in bytes."""

    path: Path
    ending: str
    size: int


def examine(path: Path, table: str, limits: Limits, wanted: frozenset[str] = frozenset(READ)) -> KnownFile:
    """Check that a path can be read at all, without opening it as what it claims to be.

    Parameters
    ----------
    path : Path
        File, or a link to one.
    table : str
        Name that findings carry.
    limits : Limits
        Size limit.
    wanted : frozenset of str
        Endings that the caller reads.

    Returns
    -------
    KnownFile
        A file whose first bytes agree with its ending.

    Raises
    ------
    FileRefusedError
        With the one finding that says why not.
    """
    size = _size(path, table, limits)
    head = _head(path, table)
    ending = path.suffix.lower()
    if head.startswith(OLE):
        code = "files.xlsx.encrypted" if _is_encrypted(path) else "files.type.old_xls"
        raise _refusal(code, table, path)
    if _is_html(head) and ending in TEXT | {".xls", ".xlsx", ".htm", ".html", ".et"}:
        raise _refusal("files.type.html", table, path)
    if ending in MACROS:
        raise _refusal("files.type.macros", table, path)
    if ending == ".xls":
        raise _refusal("files.type.old_xls", table, path)
    if ending not in wanted:
        raise _refusal("files.type.unknown", table, path, read=", ".join(sorted(wanted)))
    found = _content(head)
    expected = {".xlsx": "xlsx", ".parquet": "parquet"}.get(ending, "text")
    if found != expected:
        raise _refusal("files.type.mismatch", table, path, found=found, expected=expected)
    return KnownFile(path, ending, size)


def read_bytes(file: KnownFile, table: str, limits: Limits) -> bytes:
    """All bytes of a file, refused when it grew past the limit since it was examined."""
    try:
        with file.path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise _refusal("files.unreadable", table, file.path, reason=error.strerror or "") from None
    if len(data) > limits.file_bytes:
        raise _refusal("files.limits.bytes", table, file.path, limit=limits.file_bytes, found=len(data))
    return data


def _refusal(code: str, table: str, path: Path, **facts: object) -> FileRefusedError:
    return FileRefusedError(Finding(code, table, value=path.name, facts=facts))


def _size(path: Path, table: str, limits: Limits) -> int:
    """Size of a regular file that exists, is not empty and is not too large."""
    try:
        status = path.stat()
    except PermissionError:
        raise _refusal("files.unreadable", table, path, reason="permission denied") from None
    except (OSError, ValueError):
        raise _refusal("files.missing", table, path) from None
    if stat.S_ISDIR(status.st_mode):
        raise _refusal("files.directory", table, path)
    if not stat.S_ISREG(status.st_mode):
        raise _refusal("files.not_regular", table, path)
    if status.st_size == 0:
        raise _refusal("files.empty", table, path)
    if status.st_size > limits.file_bytes:
        raise _refusal("files.limits.bytes", table, path, limit=limits.file_bytes, found=status.st_size)
    return status.st_size


def _head(path: Path, table: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(2048)
    except OSError as error:
        raise _refusal("files.unreadable", table, path, reason=error.strerror or "") from None


def _content(head: bytes) -> str:
    """Kind that the first bytes tell."""
    if head.startswith(ZIP) and head[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return "xlsx"
    if head.startswith(PARQUET):
        return "parquet"
    return "pdf" if head.startswith(PDF) else "text"


def _is_html(head: bytes) -> bool:
    """Whether the file begins with a tag of a web page (UTF-16 is looked through)."""
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and HTML.search(start) is not None


def _is_encrypted(path: Path) -> bool:
    """Whether the directory of a compound file names an encrypted package (a workbook with a password)."""
    with path.open("rb") as stream:
        header = stream.read(76)
        if len(header) < 76:
            return False
        shift, first = struct.unpack_from("<H", header, 30)[0], struct.unpack_from("<I", header, 48)[0]
        if shift not in {9, 12} or first > 1 << 24:
            return False
        stream.seek((first + 1) << shift)
        directory = stream.read(1 << 14)
    return "EncryptedPackage".encode("utf-16-le") in directory
