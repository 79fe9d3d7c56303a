"""What changed against the rating before: level, and what each measure adds now and added then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.financial_statements import exact
from supplier_eval.risk.rating_result import RatingChange, RiskRating, SupplierRating
from supplier_eval.risk.records import Column, read_records

if TYPE_CHECKING:
    import pandas as pd

TABLE = "previous"
COLUMNS = (
    Column("supplier"),
    Column("measure"),
    Column("level", filled=False),
    Column("contribution", "figure", filled=False, least=0, most=100),
)


@dataclass(frozen=True)
class Before:
    """A supplier in the rating before: its level, and contributions by measure (None: not assessed)."""

    level: str
    parts: Mapping[str, Fraction | None]


def read_previous(given: pd.DataFrame | RiskRating) -> dict[str, Before]:
    """The rating before, by supplier key.

    Parameters
    ----------
    given : RiskRating or DataFrame
        A rating, or its `RiskRating.reasons_frame` as it was kept: ``supplier``, ``measure``, ``level``,
        ``contribution``.

    Raises
    ------
    InvalidInput
        With every finding; two levels of one supplier.
    """
    frame = given.reasons_frame() if isinstance(given, RiskRating) else given
    found: list[Finding] = []
    levels: dict[str, str] = {}
    parts: dict[str, dict[str, Fraction | None]] = {}
    for one in read_records(frame, COLUMNS, TABLE, key=("supplier", "measure")):
        key, level, part = id_key(one.text("supplier")), one.text("level"), one.figure("contribution")
        if levels.setdefault(key, level) != level:
            shown = f"{levels[key] or '-'} / {level or '-'}"
            found.append(
                Finding("rating.two_levels", TABLE, "level", (one.row,), shown, {"supplier": one.text("supplier")})
            )
        parts.setdefault(key, {})[one.text("measure")] = None if part is None else exact(part)
    if found:
        raise InvalidInput(found, TABLE)
    return {key: Before(levels[key], own) for key, own in parts.items()}


def with_changes(rating: SupplierRating, before: Before | None) -> SupplierRating:
    """The rating with what changed; unchanged where the supplier was not rated before."""
    if before is None:
        return rating
    now = {one.measure: one.contribution for one in rating.reasons}
    changes = [
        RatingChange(name, before.parts.get(name), now.get(name))
        for name in sorted({*now, *before.parts})
        if not _same(before.parts.get(name), now.get(name))
    ]
    ordered = tuple(sorted(changes, key=lambda one: (-abs(one.by), one.measure)))
    return replace(rating, level_before=before.level, changes=ordered)


def _same(before: Fraction | None, now: Fraction | None) -> bool:
    """Equal to the digits that a table keeps."""
    if before is None or now is None:
        return before is now
    return abs(before - now) < Fraction(1, 10**9)
