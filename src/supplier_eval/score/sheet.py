"""The score sheet: values of every bid on every criterion, with everything needed to check them by hand (§3.2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.flags import Flag, Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, Names, message
from supplier_eval.score.order import FloatArray, number_or_nan
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.qualify.gates import Qualification
    from supplier_eval.score.evaluated_price import EvaluatedPrices
    from supplier_eval.score.technical import Technical

Standing = Literal["binding", "exploratory"]


@dataclass(frozen=True, eq=False)
class ScoreSheet(Shown):
    """Values on 0-100 of one lot, ready to be ranked.

    Parameters
    ----------
    bids, criteria : tuple of str
        Bids in canonical order; leaves in tree order.
    values : ndarray of shape (n_criteria, n_bids)
        Higher is better; NaN for bids that are not eligible. A node that the policy rescales to the best may
        hold values above 100 in its leaves.
    weights : ndarray of shape (n_criteria,)
        Fractions that sum to 1.
    eligible : ndarray of bool of shape (n_bids,)
        Bids that are scored.
    stopped : Reason or None
        Why no order can be given (too few valid bids, prices still closed), as an answer.
    relative : bool
        Whether some value depends on the other bids.
    factor : float
        By how much the technical node was stretched to its best.
    """

    bids: tuple[str, ...]
    criteria: tuple[str, ...]
    values: FloatArray
    weights: FloatArray
    eligible: npt.NDArray[np.bool_]
    names: Mapping[str, str] = field(default_factory=dict)
    lot: str = "1"
    policy: Policy | None = None
    tree: CriteriaTree | None = None
    qualification: Qualification | None = None
    technical: Technical | None = None
    prices: EvaluatedPrices | None = None
    flags: tuple[Flag, ...] = ()
    stopped: Reason | None = None
    relative: bool = False
    factor: float = 1.0
    standing: Standing = "exploratory"
    standing_reasons: tuple[Reason, ...] = ()
    drawn: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def from_frame(cls, values: pd.DataFrame, weights: Mapping[str, float] | pd.Series[float]) -> ScoreSheet:
        """Make a sheet from any table of values; it is exploratory.

        Parameters
        ----------
        values : DataFrame
            Bids × criteria, 0-100, higher is better.
        weights : mapping or Series
            Criterion → weight; they sum to 1 or to 100.

        Raises
        ------
        InvalidInput
            With every finding: missing or out-of-range values, weights that are negative, missing, unknown
            or do not sum to 1 or 100, bids or criteria named twice; no table, or no weights by name.
        """
        _asked_table(values, weights)
        given = {str(name): weight for name, weight in weights.items()}
        table = values.rename(index=str, columns=str)
        findings = _frame_findings(table, given)
        if findings:
            raise InvalidInput(findings, "values")
        table = table.loc[sorted(table.index, key=lambda bid: (id_key(bid), bid))]
        criteria = tuple(table.columns)
        exact = {name: Decimal(str(weight)) for name, weight in given.items()}
        total = sum(exact.values(), Decimal(0))
        fractions = np.array([float(exact[name] / total) for name in criteria])
        bids = tuple(table.index)
        array = np.ascontiguousarray(table.to_numpy(dtype=np.float64).T)
        return cls(bids, criteria, array, fractions, np.ones(len(bids), bool), names={bid: bid for bid in bids})

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy; empty for a sheet made from a table."""
        return self.policy.fingerprint if self.policy is not None else ""

    def position(self, bid: str) -> int:
        """Place of a bid on the bid axis."""
        if not isinstance(bid, str) or bid not in self.bids:
            raise UnknownName("bid", bid, self.bids)
        return self.bids.index(bid)

    def to_frame(self) -> pd.DataFrame:
        """One row a bid and leaf: ``bid name criterion weight raw value eligible``; values on 0-100."""
        import pandas as pd

        rows = [
            (
                bid,
                self.names.get(bid, bid),
                name,
                self.weights[i],
                self._raw(i, bid),
                self.values[i, b],
                bool(self.eligible[b]),
            )
            for b, bid in enumerate(self.bids)
            for i, name in enumerate(self.criteria)
        ]
        columns = ["bid", "name", "criterion", "weight", "raw", "value", "eligible"]
        return pd.DataFrame(rows, columns=columns)

    def _raw(self, i: int, bid: str) -> float:
        if self.technical is None or bid not in self.technical.bids:
            return float("nan")
        return float(self.technical.raw[i, self.technical.bids.index(bid)])

    def value_of(self, criterion: str, bid: str) -> float:
        """Value on 0-100 of a leaf as its scale gives it, before any rescaling of its node."""
        i, b = self.criteria.index(criterion), self.position(bid)
        if self.factor != 1.0 and self.technical is not None and bid in self.technical.bids:
            before = float(self.technical.values[i, self.technical.bids.index(bid)])
            return before if np.isfinite(before) else float(self.values[i, b])
        return float(self.values[i, b])

    def explain(self, bid: str, lang: Lang = "en") -> str:
        """Say criterion by criterion which raw figure gave which value."""
        b = self.position(bid)
        if not self.eligible[b]:
            return self.qualification.explain(bid, lang) if self.qualification else ""
        lines = []
        for i, name in enumerate(self.criteria):
            raw = self._raw(i, bid)
            label = self.tree[name].name.say(lang) or name if self.tree is not None else name
            code = "score.value" if np.isfinite(raw) else "score.value_only"
            unit = self.tree[name].unit if self.tree is not None else ""
            lines.append(
                message(
                    code,
                    lang,
                    criterion=label,
                    raw=f"{raw:,.6g} {unit}".strip(),
                    value=f"{self.value_of(name, bid):.4f}",
                )
            )
        if self.factor != 1.0:
            lines.append(message("score.rescaled", lang, factor=f"{self.factor:.6f}"))
        return "\n".join(lines)

    def __repr__(self) -> str:
        n = int(self.eligible.sum())
        shape = f"{n} of {len(self.bids)} bids × {len(self.criteria)} criteria"
        return f"ScoreSheet(lot {self.lot!r}: {shape}, {self.standing})"


def _asked_table(values: object, weights: object) -> None:
    """Refuse what is no table, and weights that are not by name."""
    asked = (("asked.frame", "values", values, "columns"), ("asked.weights", "weights", weights, "items"))
    found = [
        Finding(code, "arguments", name, value="None" if given is None else type(given).__name__)
        for code, name, given, needs in asked
        if not hasattr(given, needs)
    ]
    if found:
        raise InvalidInput(found, "arguments")


def _frame_findings(table: pd.DataFrame, weights: Mapping[str, float]) -> list[Finding]:
    found = [
        Finding("values.duplicate", "values", kind, value=twice, facts={"first": "-"})
        for kind, names in (("bid", list(table.index)), ("criterion", list(table.columns)))
        for twice in sorted({n for n in names if names.count(n) > 1})
    ]
    if not len(table.index) or not len(table.columns):
        return [*found, Finding("values.empty", "values")]
    absent = [name for name in dict.fromkeys(table.columns) if name not in weights]
    found += [Finding("weights.criterion.absent", "weights", "criterion", value=name) for name in absent]
    known = {"known": Names(table.columns)}
    stray = [name for name in weights if name not in table.columns]
    found += [Finding("weights.criterion.stray", "weights", "criterion", value=name, facts=known) for name in stray]
    found += _weight_findings(weights)
    for name in dict.fromkeys(table.columns):
        column = table[name] if list(table.columns).count(name) == 1 else None
        if column is None:
            continue
        figures = np.array([number_or_nan(cell) for cell in column])
        bad = np.flatnonzero(~np.isfinite(figures) | (figures < 0) | (figures > 100))
        if bad.size:
            where: dict[str, object] = {"bids": ", ".join(str(table.index[i]) for i in bad[:10]), "n": int(bad.size)}
            found.append(Finding("values.value.invalid", "values", name, value=str(column.iloc[bad[0]]), facts=where))
    return found


def _weight_findings(weights: Mapping[str, float]) -> list[Finding]:
    bad = [name for name, w in weights.items() if not np.isfinite(number_or_nan(w)) or number_or_nan(w) < 0]
    if bad:
        facts = {"names": ", ".join(bad)}
        return [Finding("weights.weight.invalid", "weights", "weight", value=str(weights[bad[0]]), facts=facts)]
    total = sum((Decimal(str(w)) for w in weights.values()), Decimal(0))
    if min(abs(total - 1), abs(total - 100)) > Decimal("1e-9"):
        return [Finding("weights.sum", "weights", "weight", value=f"{total:f}")]
    return []
