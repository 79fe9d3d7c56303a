"""One batch at a time writes into a folder: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supplier_eval.errors import Finding, InvalidInput

NAME = "_lock"


@contextmanager
def held(target: Path) -> Iterator[None]:
    """Hold the lock of a folder.

    Parameters
    ----------
    target : Path
        The folder; it is there.

    Raises
    ------
    InvalidInput
        If another process holds it. The file itself stays behind and means nothing: the lock is the system's
        (``flock``), and the lock of a process that was killed is free.
    """
    handle = os.open(target / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _locked(handle):
            raise InvalidInput([Finding("batch.target.locked", "target", value=str(target))])
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if sys.platform == "win32":
            return False
        raise error
    return True
