"""Files that are there whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
from pathlib import Path


def put(target: Path, content: bytes) -> Path:
    """Write a file whole; what stood there before stays until the new one is complete.

    Parameters
    ----------
    target : Path
        A file; its folder is made where it does not exist.
    content : bytes
        All of it.

    Returns
    -------
    Path
        The file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{os.getpid()}.{target.name}"[:100])
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target
