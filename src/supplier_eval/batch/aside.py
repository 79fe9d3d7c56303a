"""Files that are written aside: nobody ever sees half of one under its final name.

A file is written under a temporary name in its own folder, flushed to the disk, then renamed, and the folder is
flushed. After a kill or a power cut either the whole file stands under its name or none of it does.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

ENDING = ".batch-part"
CHUNK = 1 << 20


class AsideFile:
    """A temporary file that counts and hashes what is written to it.

    Parameters
    ----------
    final : Path
        The name that it will have; `publish` gives it.

    Notes
    -----
    The temporary name holds the process's number and a random part: no two processes write the same one, also on
    different machines.
    """

    def __init__(self, final: Path) -> None:
        self.final = final
        final.parent.mkdir(parents=True, exist_ok=True)
        self.temporary = final.with_name(f".{final.name[:24]}.{os.getpid()}-{secrets.token_hex(4)}{ENDING}")
        self._stream: BinaryIO = self.temporary.open("wb")
        self._hash = hashlib.sha256()
        self.bytes = 0
        self.closed = False

    def write(self, data: bytes | memoryview) -> int:
        """Write bytes at the end."""
        view = memoryview(data)
        self._stream.write(view)
        self._hash.update(view)
        self.bytes += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """How many bytes were written."""
        return self.bytes

    def flush(self) -> None:
        """Hand what was written to the system."""
        self._stream.flush()

    def writable(self) -> bool:
        """It is."""
        return True

    def readable(self) -> bool:
        """It is not."""
        return False

    def seekable(self) -> bool:
        """It is not."""
        return False

    def close(self) -> None:
        """Nothing: who opened it ends it with `seal` or `drop`, not the library that writes to it."""

    @property
    def sha256(self) -> str:
        """Of what was written."""
        return self._hash.hexdigest()

    def seal(self) -> None:
        """Put every byte on the disk and close."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self.closed = True

    def drop(self) -> None:
        """Close and remove the temporary file."""
        self._stream.close()
        self.closed = True
        self.temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, trace: TracebackType | None) -> None:
        if kind is not None or not self.closed:
            self.drop()


def publish(temporary: Path, final: Path) -> None:
    """Give a sealed file its name, on disk before this returns."""
    temporary.replace(final)
    sync_folder(final.parent)


def replace_file(path: Path, text: str) -> None:
    """Write a small text file in one piece."""
    with AsideFile(path) as aside:
        aside.write(text.encode("utf-8"))
        aside.seal()
        publish(aside.temporary, path)


def sync_folder(folder: Path) -> None:
    """Flush the names of a folder; Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def leftovers(target: Path) -> list[Path]:
    """Temporary files that a killed run left under a folder."""
    return sorted(target.rglob(f".*{ENDING}"))


def digest_of(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return stream.tell(), found
