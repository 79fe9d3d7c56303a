"""All kinds of records and their life cycles, gathered from the chapters of the policy."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping
from types import MappingProxyType

from supplier_eval.errors import UnknownName
from supplier_eval.registry.lifecycle import LifeCycle
from supplier_eval.registry.record import Record

CHAPTERS = (
    "planning",
    "tendering",
    "evaluation",
    "suppliers",
    "contracts",
    "settlement",
    "complaints",
    "risks",
    "security",
    "confidentiality",
    "property",
    "files",
)


@functools.cache
def kinds() -> Mapping[str, type[Record]]:
    """Kind → its declaration, in the order of the chapters."""
    found: dict[str, type[Record]] = {}
    for chapter in CHAPTERS:
        module = importlib.import_module(f"supplier_eval.registry.records.{chapter}")
        for declared in module.KINDS:
            if declared.kind in found:
                raise RuntimeError(f"kind {declared.kind} is declared twice")
            found[declared.kind] = declared
    return MappingProxyType(found)


@functools.cache
def life_cycles() -> Mapping[str, LifeCycle]:
    """Kind → its life cycle."""
    found: dict[str, LifeCycle] = {}
    for chapter in CHAPTERS:
        module = importlib.import_module(f"supplier_eval.registry.lifecycles.{chapter}")
        for cycle in module.LIFE_CYCLES:
            if cycle.kind in found:
                raise RuntimeError(f"life cycle of {cycle.kind} is declared twice")
            found[cycle.kind] = cycle
    return MappingProxyType(found)


def kind_named(name: str) -> type[Record]:
    """The declaration of a kind.

    Raises
    ------
    UnknownName
        Naming the kinds that there are.
    """
    known = kinds()
    if name not in known:
        raise UnknownName("kind", name, tuple(known))
    return known[name]
