"""The schema by versions: frozen lists of columns and indexes, each version what the one before lacks.

A version is a file ``schemas/NNNN.toml``: for each kind its columns, ``"name type"``, ``null`` where the field may be
None, ``-> kind`` where it refers; and the columns that have an index. A version only adds, so that every store of an
earlier version can be brought up to a later one without touching what it holds.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from supplier_eval.registry.store_tables import OWN, described

Schema = dict[str, dict[str, Any]]
"""Kind → ``columns`` (name, type, nullable), ``refers``, ``indexes``; for tables of the store's own only the last."""


@functools.cache
def versions() -> tuple[Schema, ...]:
    """What each version adds, from version 1 on."""
    folder = resources.files("supplier_eval.registry").joinpath("schemas")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    for number, file in enumerate(files, start=1):
        if file.name != f"{number:04}.toml":
            raise RuntimeError(f"schema version {number} is missing: found {file.name}")
    return tuple(_read(file.read_text(encoding="utf-8")) for file in files)


def newest() -> int:
    """The version that this program reads and writes."""
    return len(versions())


def schema_at(version: int) -> Schema:
    """All that a store of this version has."""
    whole: Schema = {}
    for added in versions()[:version]:
        for kind, more in added.items():
            held = whole.setdefault(kind, {"columns": [], "refers": {}, "indexes": []})
            held["columns"] = [*held["columns"], *more["columns"]]
            held["refers"] = held["refers"] | more["refers"]
            held["indexes"] = [*held["indexes"], *more["indexes"]]
    return whole


def lacking(asked: Mapping[str, Any], held: Mapping[str, Any]) -> Schema:
    """What a schema asks for and another lacks.

    Raises
    ------
    RuntimeError
        Where the other has what this one does not: a version only adds.
    """
    found: Schema = {}
    for kind in sorted(asked.keys() | held.keys()):
        wanted, there = asked.get(kind, _NOTHING), held.get(kind, _NOTHING)
        columns = [list(c) for c in wanted["columns"] if list(c) not in [list(h) for h in there["columns"]]]
        indexes = [name for name in wanted["indexes"] if name not in there["indexes"]]
        _only_added(kind, wanted, there, {c[0] for c in columns})
        if columns or indexes:
            refers = {c[0]: wanted["refers"][c[0]] for c in columns if c[0] in wanted["refers"]}
            found[kind] = {"columns": columns, "refers": refers, "indexes": indexes}
    return found


def wanted() -> Schema:
    """What the declarations ask for, and the indexes of the store's own tables."""
    own = {name: {"columns": [], "refers": {}, "indexes": list(known)} for name, known in OWN.items() if known}
    return described() | own


def written(schema: Schema, title: str) -> str:
    """A version as its file says it."""
    lines = [f"# {title}", "", "[columns]"]
    for kind, held in schema.items():
        if held["columns"]:
            lines += [f"{kind} = [", *(f'  "{_told(column, held["refers"])}",' for column in held["columns"]), "]"]
    lines += ["", "[indexes]"]
    lines += [f"{kind} = {_names(held['indexes'])}" for kind, held in schema.items() if held["indexes"]]
    return "\n".join(lines) + "\n"


_NOTHING: dict[str, Any] = {"columns": [], "refers": {}, "indexes": []}


def _only_added(kind: str, wanted: Mapping[str, Any], there: Mapping[str, Any], new: set[str]) -> None:
    names = {c[0] for c in wanted["columns"]}
    gone = {c[0] for c in there["columns"]} - names | new & {c[0] for c in there["columns"]}
    gone |= {name for name, to in there["refers"].items() if wanted["refers"].get(name) != to}
    gone |= set(there["indexes"]) - set(wanted["indexes"])
    if gone:
        raise RuntimeError(f"{kind}: {', '.join(sorted(gone))} of an earlier version is gone or differs")


def _told(column: list[Any], refers: Mapping[str, str]) -> str:
    name, type_, nullable = column
    return f"{name} {type_}{' null' * nullable}{f' -> {refers[name]}' if name in refers else ''}"


def _names(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _read(text: str) -> Schema:
    given = tomllib.loads(text)
    columns, indexes = given.get("columns", {}), given.get("indexes", {})
    found: Schema = {}
    for kind in dict.fromkeys((*columns, *indexes)):
        told = [line.partition(" -> ") for line in columns.get(kind, [])]
        split = [(*head.split(" "), "")[:3] for head, _, _ in told]
        found[kind] = {
            "columns": [[name, type_, null == "null"] for name, type_, null in split],
            "refers": {name: to for (name, *_), (_, _, to) in zip(split, told, strict=True) if to},
            "indexes": list(indexes.get(kind, [])),
        }
    return found
