"""Where the package and its tests cite the policy, read from their text: no module is run for it."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supplier_eval.registry.policy_items import cited_by, items_in, known_items

PACKAGE = Path(__file__).parents[1]
UNREAD = ("registry/records/", "registry/lifecycles/", "registry/policy_")
GUARDS = "registry/guards/"
SHOWING = ("report", "cli")
RULES = ("policy/profiles/service-outsourcing.toml", "registry/house_rules.toml")
NAMED_AFTER = re.compile(r"test_(\d+)_(\d+)(?:_(\d+))?_\D")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Citation:
    """One place that cites one item.

    Parameters
    ----------
    item : str
        ``§3.1.4``.
    file : str
        Path below the folder that was read, with ``/``.
    name : str
        Public function or class; empty where the module as a whole, or a private part of it, cites.
    """

    item: str
    file: str
    name: str = ""

    @property
    def shows(self) -> bool:
        """Whether it stands where people look: a report or a command."""
        return self.file.split("/")[0] in SHOWING


@functools.cache
def citations(package: Path = PACKAGE) -> tuple[Citation, ...]:
    """Citations in docstrings and in clause constants of the package, declarations of the registry left out.

    The text is read once; a process does not see its own sources change.

    Parameters
    ----------
    package : Path
        Folder of the package.
    """
    found: set[Citation] = set()
    for module in sorted(package.rglob("*.py")):
        file = module.relative_to(package).as_posix()
        if file.startswith(UNREAD):
            continue
        guards = file.startswith(GUARDS)
        for text, name in _said(ast.parse(module.read_text(encoding="utf-8")), guards):
            found.update(Citation(item, file, name) for item in cited_by(text))
    return tuple(sorted(found, key=lambda c: (c.file, c.name, c.item)))


def rule_citations(package: Path = PACKAGE) -> tuple[Citation, ...]:
    """Rules of the company's policy file and of its house rules that bear a clause; `name` is the rule's id."""
    found: set[Citation] = set()
    for file in RULES:
        tables = tomllib.loads((package / file).read_text(encoding="utf-8"))
        found.update(Citation(item, file, name) for item, name in _ruled(tables))
    return tuple(sorted(found, key=lambda c: (c.file, c.name, c.item)))


def citations_in_tests(tests: Path) -> tuple[Citation, ...]:
    """Tests that are named after an item (``test_4_1_1_…``), and tests and test files whose docstring cites one.

    Parameters
    ----------
    tests : Path
        Folder of the tests.
    """
    found: set[Citation] = set()
    for module in sorted(tests.rglob("test_*.py")):
        file = module.relative_to(tests).as_posix()
        tree = ast.parse(module.read_text(encoding="utf-8"))
        found.update(Citation(item, file) for item in cited_by(ast.get_docstring(tree) or ""))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = _named_after(node.name) if module.name.startswith("test_clauses_") else ()
                cited = cited_by(ast.get_docstring(node) or "")
                found.update(Citation(item, file, node.name) for item in {*named, *cited})
    return tuple(sorted(found, key=lambda c: (c.file, c.name, c.item)))


def _named_after(name: str) -> tuple[str, ...]:
    found = NAMED_AFTER.match(name)
    return items_in("§" + ".".join(part for part in found.groups() if part)) if found else ()


def _said(tree: ast.Module, guards: bool) -> Iterator[tuple[str, str]]:
    """(text, public name or "") of docstrings and of clause constants; of guards only what is no guard itself."""
    if not guards:
        yield ast.get_docstring(tree) or "", ""
    for node in tree.body:
        name = node.name if isinstance(node, _Definition) and not node.name.startswith("_") else ""
        if guards and (not name or _decorated(node)):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, _Definition):
                yield ast.get_docstring(inner) or "", name
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str) and inner.value in known_items():
                yield f"({inner.value})", name


def _decorated(node: ast.stmt) -> bool:
    """Whether a function is made into something else, as guards are."""
    return isinstance(node, ast.FunctionDef) and bool(node.decorator_list)


def _ruled(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(item, id) of every table that bears a clause, however deep."""
    for key in ("clause", "article"):
        if isinstance(cited := table.get(key), str):
            yield from ((item, str(table.get("id", ""))) for item in items_in(cited))
    for value in table.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Mapping):
                yield from _ruled(inner)


__all__ = ["Citation", "citations", "citations_in_tests", "rule_citations"]
