"""How a policy is read: the file within bounds, the profile it builds on, single changes and weights.

A file may name a profile as its `base` and say only what differs. The profile comes first, the file's tables
are laid over it key by key, then ``[changes.ID]`` alters single criteria, then ``[weights]`` sets weights.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidPolicy
from supplier_eval.messages.faults import LongLineError, why_not_toml, why_unreadable
from supplier_eval.messages.near import near_names
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.policy.regimes import PROFILE_KEY, profile_data, profile_names

LARGEST_FILE = 2_000_000
LONGEST_LINE = 20_000


def read_toml(path: Path) -> dict[str, Any]:
    """Read a policy file as plain data; numbers with a point are exact decimals.

    Raises
    ------
    InvalidPolicy
        For a file that cannot be read, is too large, or is not TOML in UTF-8 (a byte-order mark is let pass).
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InvalidPolicy([Finding("policy.file.too_large", "policy", value=str(path))], str(path))
        text = path.read_bytes().decode("utf-8-sig")
        for number, line in enumerate(text.splitlines(), start=1):
            if len(line) > LONGEST_LINE:
                raise LongLineError(number, LONGEST_LINE)
        return tomllib.loads(text, parse_float=Decimal)
    except OSError as refused:
        found = Finding("policy.file.unreadable", "policy", value=str(path), facts={"why": why_unreadable(refused)})
    except InvalidPolicy:
        raise
    except (ValueError, RecursionError, ArithmeticError) as refused:
        found = Finding("policy.file.not_toml", "policy", value=str(path), facts={"why": why_not_toml(refused)})
    raise InvalidPolicy([found], str(path))


def resolve(data: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Lay the data over the profile that `base` names; then apply ``changes`` and ``weights``."""
    own = dict(data)
    base = own.pop("base", None)
    if base is not None:
        if not isinstance(base, str) or base not in profile_names():
            facts = near_names(base, profile_names())
            found = Finding("policy.base.unknown", "policy", "base", value=str(base), facts=facts)
            raise InvalidPolicy([found], source)
        under = dict(profile_data(base))
        under.pop(PROFILE_KEY, None)
        own = overlay(resolve(under, source), own)
    changes, weights = own.pop("changes", None), own.pop("weights", None)
    if changes is not None:
        own["criteria"] = _change(own.get("criteria"), _table(changes, "changes", source), source)
    if weights is not None:
        single = {key: {"weight": weight} for key, weight in _table(weights, "weights", source).items()}
        own["criteria"] = _change(own.get("criteria"), single, source, column="weights")
    return own


def overlay(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, everything else is replaced."""
    merged = dict(under)
    for key, upper in over.items():
        lower = merged.get(key)
        if isinstance(lower, Mapping) and isinstance(upper, Mapping):
            merged[key] = overlay(lower, upper)
        else:
            merged[key] = upper
    return merged


def _table(entry: Any, column: str, source: str) -> Mapping[str, Any]:  # noqa: ANN401 - raw input
    if not isinstance(entry, Mapping):
        raise InvalidPolicy([Finding(f"policy.{column}.not_a_table", "policy", column)], source)
    return entry


def _change(
    criteria: Any,  # noqa: ANN401 - raw input
    changes: Mapping[str, Any],
    source: str,
    column: str = "changes",
) -> Any:  # noqa: ANN401 - raw input
    """Lay each entry of `changes` over the criterion of that id; ``drop = true`` takes its branch away."""
    if not isinstance(criteria, list | tuple):
        return criteria
    ids = sorted({c["id"] for c in criteria if isinstance(c, Mapping) and isinstance(c.get("id"), str)})
    found = [
        Finding(f"policy.{column}.unknown", "policy", column, value=str(key), facts=near_names(key, ids))
        for key in changes
        if key not in ids
    ]
    found += [
        Finding("policy.changes.not_a_table", "policy", f"{column}.{key}")
        for key, change in changes.items()
        if not isinstance(change, Mapping)
    ]
    if found:
        raise InvalidPolicy(found, source)
    gone = {key for key, change in changes.items() if change.get("drop") is True}
    changed = [
        _one(c, changes.get(c["id"], {})) for c in criteria if isinstance(c, Mapping) and isinstance(c.get("id"), str)
    ]
    others = [c for c in criteria if not (isinstance(c, Mapping) and isinstance(c.get("id"), str))]
    return [*_without(changed, gone), *others]


def _one(criterion: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in change.items() if not (key == "drop" and isinstance(value, bool))}
    return overlay(criterion, plain)


def _without(criteria: list[dict[str, Any]], gone: set[str]) -> list[dict[str, Any]]:
    """The criteria without the branches that were dropped."""
    while more := {c["id"] for c in criteria if c.get("parent") in gone} - gone:
        gone = gone | more
    return [c for c in criteria if c["id"] not in gone]


def schema_findings(refused: ValidationError, data: Mapping[str, Any]) -> list[Finding]:
    """Say pydantic's complaints as findings: where (a dotted path, entries by their id) and why."""
    codes = {"extra_forbidden": "policy.key.unknown", "missing": "policy.key.missing"}
    errors = refused.errors(include_url=False)
    inner = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [
        Finding(
            codes.get(error["type"], "policy.value.invalid"),
            table="policy",
            column=_dotted(error["loc"], data),
            value=str(error["input"]) if not isinstance(error["input"], Mapping | list | tuple) else "",
            facts=why_refused(error),
        )
        for error in errors
        if not (error["type"] == "too_short" and error["loc"] in inner)  # entries are there, and are wrong
    ]


def _dotted(path: tuple[int | str, ...], data: Any) -> str:  # noqa: ANN401 - raw input
    """``criteria[price].weight``: a list's entry goes by its id; the kind of a value function is left out."""
    said = ""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list | tuple) and part < len(data) else None
            label = data.get("id", part) if isinstance(data, Mapping) else part
            said += f"[{label}]"
        elif isinstance(data, Mapping) and part not in data and data.get("kind") == part:
            continue
        else:
            data = data.get(part) if isinstance(data, Mapping) else None
            said += f".{part}" if said else part
    return said
