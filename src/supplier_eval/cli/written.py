"""One folder holds one run: what an earlier run wrote there and this one does not is taken away, and named.

Only what this program wrote and nobody changed since is ever removed: names and digests stand in a list in the folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.errors import SupplierEvalError
from supplier_eval.messages import Names, message, seen

if TYPE_CHECKING:
    from supplier_eval.messages import Lang

LIST = ".supplier-eval-files.json"
TO_SEND = ("debriefs", "objection-replies")
"""Folders whose files go out: whatever else stands in them is told."""


@contextmanager
def one_run(out: Path, lang: Lang) -> Iterator[list[Path]]:
    """Collect the files of a run; at its end remove what an earlier one left, and note what was written.

    Parameters
    ----------
    out : Path
        The folder; it need not exist.
    lang : {"en", "zh"}
        Language of what is told on stderr.

    Yields
    ------
    list of Path
        To be filled with every file that is written.

    Raises
    ------
    SupplierEvalError
        If a file of an earlier run was changed since, before anything is written: it stays as it is.
    """
    before = _unchanged(out, lang)
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        _note(out, [*(out / name for name in before), *written])
        raise
    mine = {path.relative_to(out).as_posix() for path in written}
    for name in sorted(set(before) - mine):
        _remove(out, name)
        print(message("cli.files.removed", lang, file=seen(str(out / name))), file=sys.stderr)
    _note(out, written)
    for folder in TO_SEND:
        others = sorted(path.name for path in (out / folder).glob("*") if f"{folder}/{path.name}" not in mine)
        if others:
            told = message("cli.files.others", lang, folder=str(out / folder), names=Names(others))
            print(f"{message('cli.warning', lang)}{told}", file=sys.stderr)


def _unchanged(out: Path, lang: Lang) -> dict[str, str]:
    """What earlier runs wrote and what is still there, by name; refused where one of them was changed."""
    noted = _noted(out, lang)
    there = {name: digest for name, digest in noted.items() if (out / name).is_file()}
    changed = [name for name, digest in there.items() if _digest(out / name) != digest]
    if changed:
        raise SupplierEvalError(message("cli.files.changed", lang, folder=str(out), names=Names(sorted(changed))))
    return there


def _noted(out: Path, lang: Lang) -> dict[str, str]:
    """The list in the folder; a name that leads out of it, or through a link, is no name of ours."""
    try:
        noted = json.loads((out / LIST).read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in noted["files"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SupplierEvalError(message("cli.files.list_unreadable", lang, file=str(out / LIST))) from None
    here = out.resolve()
    inside = {name: (out / name).resolve() for name in files}
    return {name: files[name] for name, at in inside.items() if at == here / name and here in at.parents}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _remove(out: Path, name: str) -> None:
    """Take a file away, and its folder where nothing else is in it."""
    (out / name).unlink()
    if (out / name).parent != out:
        with suppress(OSError):
            (out / name).parent.rmdir()


def _note(out: Path, written: Sequence[Path]) -> None:
    """Write the list of what stands in the folder."""
    from supplier_eval.report.whole_file import put

    files = {path.relative_to(out).as_posix(): _digest(path) for path in written if path.is_file()}
    if files:
        told = {"format": "supplier-eval-files/1", "files": dict(sorted(files.items()))}
        put(out / LIST, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
