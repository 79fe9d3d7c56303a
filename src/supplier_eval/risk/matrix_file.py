"""A risk matrix from a TOML file, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.reading import read_toml
from supplier_eval.risk.matrix import Bands, RiskMatrix
from supplier_eval.risk.said_names import Names

KEYS = ("colours", "cells", "likelihood", "impact")
AXIS_KEYS = {"names", "edges", "unit"}


def read_settings(file: Path, keys: tuple[str, ...], found: list[Finding]) -> dict[str, Any]:
    """A TOML file as plain data; strange keys are findings, and so is a file that cannot be read.

    Parameters
    ----------
    file : Path
        Where there is none, it says nothing.
    keys : tuple of str
        Those that are known.
    found : list of Finding
        Is added to.
    """
    if not file.is_file():
        return {}
    try:
        data = read_toml(file)
    except InvalidInput as refused:
        codes = {"policy.file.not_toml": "risk_folder.not_toml"}
        found += [
            replace(one, code=codes.get(one.code, one.code), table=file.name, value=file.name)
            for one in refused.findings
        ]
        return {}
    facts = {"known": Names(keys)}
    found += [Finding("risk_folder.key_unknown", file.name, key, facts=facts) for key in data if key not in keys]
    return data


def matrix_of(file: Path, found: list[Finding]) -> RiskMatrix | None:
    """The matrix of a file; None where there is none, or where it is refused.

    Parameters
    ----------
    file : Path
        See docs/risk.md.
    found : list of Finding
        Is added to.
    """
    before = len(found)
    data = read_settings(file, KEYS, found)
    if not file.is_file() or (not data and len(found) > before):
        return None
    axes: dict[str, Bands] = {}
    stand_ins: dict[str, Bands] = {}
    for name in ("likelihood", "impact"):
        given = data.get(name)
        if not isinstance(given, Mapping) or set(given) - AXIS_KEYS or len(given) < 2:
            found.append(Finding("risk_folder.axis", file.name, name, value=str(given)))
            continue
        try:
            axes[name] = Bands(given.get("names", ()), _plain(given.get("edges", ())), given.get("unit", ""))
        except InvalidInput as refused:
            found += [replace(one, column=f"{name}.{one.column}") for one in refused.findings]
            if isinstance(names := given.get("names"), list) and names:
                stand_ins[name] = Bands.even(len(names))  # so that the cells are looked at all the same
    both = axes | stand_ins
    if len(both) < 2:
        return None
    more = {"colours": tuple(data["colours"])} if isinstance(data.get("colours"), list) else {}
    try:
        matrix = RiskMatrix(data.get("cells", ()), both["likelihood"], both["impact"], **more)
    except InvalidInput as refused:
        found += refused.findings
        return None
    return None if stand_ins else matrix


def _plain(edges: object) -> Any:  # noqa: ANN401 - decimals of a file as floats, anything else as it is
    return tuple(float(x) if isinstance(x, Decimal) else x for x in edges) if isinstance(edges, list) else edges
