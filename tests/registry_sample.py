"""The sample store, built once a run and up to any of its steps, copied for each test."""

from __future__ import annotations

import atexit
import functools
import importlib.util
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

from supplier_eval.registry.store import Registry

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SCRIPT = SAMPLES / "registry" / "make_store.py"
DESK = SAMPLES / "service-desk"
TENDER = "service-desk-2026"


@functools.cache
def script() -> ModuleType:
    """The script that builds the store, as a module."""
    found = importlib.util.spec_from_file_location("sample_make_store", SCRIPT)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@functools.cache
def _built(last: str) -> tuple[Path, datetime]:
    folder = tempfile.mkdtemp(prefix="sample-store-")
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "kept.sqlite"
    desk = script().main(str(path), last)
    desk.registry.close()
    return path, desk.now


class SampleStore:
    """A copy of the store after one step, with a clock of its own.

    Parameters
    ----------
    folder : Path
        Where the copy is put.
    last : str
        Name of the last step that was taken; all steps without.
    """

    def __init__(self, folder: Path, last: str = "") -> None:
        kept, self.now = _built(last)
        self.path = Path(shutil.copy(kept, folder / "store.sqlite"))
        self.registry = Registry.open(self.path, actor="sun.li", clock=lambda: self.now)

    def advance(self, days: int) -> None:
        self.now += timedelta(days=days)

    def move(self, kind: str, key: str, event: str, *, actor: str = "sun.li", **fields: object):
        by = self.registry.by(actor)
        return by.move(by.get(kind, key), event, **fields)
