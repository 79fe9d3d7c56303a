"""A tender folder on disk: the valid mini tender with some of its files changed."""

from __future__ import annotations

import shutil
from pathlib import Path

MINI = Path(__file__).parent / "fixtures" / "mini-tender"


def mini(folder: Path, files: dict[str, str | bytes | None] | None = None, **edits: tuple[str, str]) -> Path:
    """Copy the mini tender; `files` replaces whole files (None removes one), `edits` replaces text in tables.

    ``mini(tmp_path, marks=("80", "81"))`` writes 81 for the first 80 in marks.csv; ``tender`` and ``policy`` are
    the two TOML files.
    """
    target = folder / "mini"
    shutil.copytree(MINI, target)
    for name, content in (files or {}).items():
        if content is None:
            (target / name).unlink()
        else:
            (target / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    for table, (old, new) in edits.items():
        file = target / (f"{table}.toml" if table in {"tender", "policy"} else f"{table}.csv")
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file.name}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target
