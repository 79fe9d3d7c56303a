"""Figures by supplier from series, mappings or plain lists, in one canonical order, all findings at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.monitor.asked_counts import TABLE, figures

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """Suppliers in canonical order and their figures.

    Parameters
    ----------
    suppliers : tuple of str
        Ids, case folded order.
    columns : mapping of str to ndarray
        Figures by name, aligned with the suppliers.
    groups : tuple of str
        Peer group of each supplier; empty text for all where no groups were given.
    """

    suppliers: tuple[str, ...]
    columns: Mapping[str, FloatArray]
    groups: tuple[str, ...]


def labelled(given: Mapping[str, object], group: object, found: list[Finding], *, gaps: bool = False) -> Labelled:
    """Align figures by supplier.

    Parameters
    ----------
    given : mapping of str to object
        Name of the argument → Series or mapping by supplier, or a list; a list's suppliers are ``1, 2, ...``
        (``01, 02, ...`` where there are ten or more).
    group : object
        Series, mapping or list of peer groups, or None.
    found : list of Finding
        Takes what is wrong.
    gaps : bool
        Whether NaN may stand in the figures.

    Returns
    -------
    Labelled
        Empty where something was found.
    """
    tables = {name: _by_supplier(figure, name, found) for name, figure in given.items()}
    groups = None if group is None else _by_supplier(group, "group", found, text=True)
    first = next(iter(tables))
    ids = list(tables[first])
    others = [*list(tables.items())[1:], *([("group", groups)] if groups is not None else [])]
    for name, table in others:
        strays = sorted(set(ids) ^ set(table))
        if strays and not found:
            facts = {"first": first, "count": len(strays)}
            found.append(Finding("estimates.suppliers.differ", TABLE, name, value=", ".join(strays[:5]), facts=facts))
    if found:
        return Labelled((), {name: np.zeros(0) for name in tables}, ())
    ids.sort(key=lambda one: (id_key(one), one))
    columns = {}
    for name, table in tables.items():
        missing: list[Finding] = []
        columns[name] = figures([table[one] for one in ids], name, missing)
        found += [f for f in missing if not gaps or f.code != "estimates.figures.missing"]
        if gaps and np.any(np.isinf(columns[name])):
            found += [f for f in missing if f.code == "estimates.figures.missing"]
    return Labelled(tuple(ids), columns, tuple("" if groups is None else str(groups[one]) for one in ids))


def _by_supplier(given: object, name: str, found: list[Finding], *, text: bool = False) -> dict[str, Any]:
    """Supplier id → cell; a supplier that stands twice is found."""
    import pandas as pd

    if isinstance(given, pd.Series | Mapping):
        index = given.index if isinstance(given, pd.Series) else given
        wrong = [key for key in index if not isinstance(key, str | int | np.integer) or key is True or key is False]
        if wrong:
            found.append(Finding("estimates.supplier.id", TABLE, name, value=", ".join(map(str, wrong[:5]))))
            return {}
        pairs = [(normalise_id(str(key)), cell) for key, cell in given.items()]
    elif isinstance(given, list | tuple | np.ndarray) and np.ndim(np.asarray(given, dtype=object)) == 1:
        width = len(str(len(given)))
        pairs = [(f"{i:0{width}}", cell) for i, cell in enumerate(given, start=1)]
    else:
        found.append(Finding("estimates.figures.by_supplier", TABLE, name, value=type(given).__name__))
        return {}
    seen = Counter(id_key(key) for key, _ in pairs)
    twice = sorted({key for key, _ in pairs if seen[id_key(key)] > 1})
    if twice:
        found.append(Finding("estimates.supplier.twice", TABLE, name, value=", ".join(twice[:5])))
    without = [key for key, cell in pairs if text and not (isinstance(cell, str) and cell.strip())]
    if without:
        found.append(Finding("estimates.group.missing", TABLE, name, value=", ".join(without[:5])))
    return dict(pairs)
