"""The fingerprint of the files that something was computed from: one changed byte is another one (convention §14)."""

from __future__ import annotations

import hashlib
from pathlib import Path

SETTINGS = ".toml"
TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".parquet"}


def files_fingerprint(source: Path) -> str:
    """Give the fingerprint of a folder's tables and settings, or of a workbook with the settings beside it.

    Parameters
    ----------
    source : Path
        A folder or a file.

    Returns
    -------
    str
        ``sha256:`` and 64 hexadecimal digits, of names and contents in the order of the names. Pages, texts and JSON
        that lie there too do not count.
    """
    wanted = {SETTINGS} if source.is_file() else {SETTINGS, *TABLES}
    folder = source.parent if source.is_file() else source
    files = {one for one in folder.iterdir() if one.is_file() and one.suffix.lower() in wanted}
    whole = hashlib.sha256()
    for file in sorted(files | {source} if source.is_file() else files):
        whole.update(f"{file.name}\0{_digest(file)}\n".encode(errors="surrogatepass"))
    return "sha256:" + whole.hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
