"""What solvers print on the C level is swallowed: standard output belongs to the caller."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Send what is written to the process's standard output below Python to nowhere, while it lasts.

    Nothing is swallowed where the process has no standard output.
    """
    sys.stdout.flush()
    libc = ctypes.CDLL(None) if os.name == "posix" else None
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        yield
        if libc is not None:
            libc.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)
