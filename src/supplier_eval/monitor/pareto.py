"""The few causes behind most failures: counts and cost, the vital few, what is not recorded (§5.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.exact_amounts import exact
from supplier_eval.monitor.series import given_choice, given_figure, given_frame, given_whole, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

NOT_RECORDED = ""


@dataclass(frozen=True)
class Cause:
    """One cause, or several together.

    Parameters
    ----------
    name : str
        Its name; empty for failures without a recorded cause.
    count : int
        Failures.
    cost : Decimal
        Cost of them; 0 where no cost was given.
    share, cumulative : float
        Of all failures (or of all cost), this one and all up to it; NaN where there is nothing.
    rank : int
        Equal causes share a rank, 1-2-2-4; 0 for what is not recorded and for what was put together.
    vital : bool
        Whether it is one of the few that make up the share asked for.
    merged : int
        How many causes it puts together; 0 for a single one.
    """

    name: str
    count: int
    cost: Decimal
    share: float
    cumulative: float
    rank: int
    vital: bool
    merged: int = 0

    @property
    def kind(self) -> str:
        """``cause``, ``others`` (several put together), or ``not_recorded``."""
        return "others" if self.merged else "cause" if self.name else "not_recorded"


@dataclass(frozen=True, eq=False)
class ParetoCauses(Shown):
    """Causes by how much they matter, the largest first; what is put together and not recorded comes last.

    Parameters
    ----------
    causes : tuple of Cause
        In the order of a Pareto chart.
    by : {"count", "cost"}
        What they are ordered by.
    n : int
        All failures.
    cost : Decimal
        All cost.
    currency : str
        Of the cost; empty where none was given.
    vital_share : float
        The share that the vital few make up at least.
    """

    causes: tuple[Cause, ...]
    by: str
    n: int
    cost: Decimal
    currency: str
    vital_share: float
    standing: Literal["exploratory"] = "exploratory"

    @property
    def vital(self) -> tuple[str, ...]:
        """The vital few, the largest first; causes that are equal to the last of them belong to them."""
        return tuple(one.name for one in self.causes if one.vital)

    @property
    def not_recorded(self) -> int:
        """Failures without a recorded cause."""
        return sum(one.count for one in self.causes if one.kind == "not_recorded")

    def to_frame(self) -> pd.DataFrame:
        """One row a cause.

        Columns: ``cause`` (empty where not recorded or put together) · ``kind`` (cause, others, not_recorded) ·
        ``count cost share cumulative rank vital merged``; shares of all failures or of all cost, 0-1, what is not
        recorded included.
        """
        import pandas as pd

        names = ("name", "kind", "count", "cost", "share", "cumulative", "rank", "vital", "merged")
        frame = pd.DataFrame([[getattr(one, name) for name in names] for one in self.causes], columns=list(names))
        return frame.rename(columns={"name": "cause"})

    def explain(self, lang: Lang = "en") -> str:
        """Say which few causes matter."""
        known_language(lang)
        if not self.n:
            return message("pareto.none", lang)
        unit = message(f"pareto.by.{self.by}", lang)
        lines = [message("pareto.head", lang, n=self.n, causes=sum(one.rank > 0 for one in self.causes), by=unit)]
        share = sum(one.share for one in self.causes if one.vital)
        if self.vital:
            named = ("、" if lang == "zh" else ", ").join(clean(name) for name in self.vital)
            lines.append(message("pareto.vital", lang, names=named, share=f"{100 * share:.1f}", by=unit))
        if self.not_recorded:
            lines.append(message("pareto.not_recorded", lang, n=self.not_recorded))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"ParetoCauses({len(self.causes)} causes by {self.by}, n = {self.n})"


def pareto_of_causes(
    failures: pd.DataFrame | Iterable[str] | Mapping[str, int],
    *,
    by: str = "count",
    vital_share: float = 0.8,
    shown: int | None = None,
) -> ParetoCauses:
    """Order the causes of failures by how much they matter.

    Parameters
    ----------
    failures : DataFrame, mapping, or iterable of str
        A table with ``cause`` (and ``count``, 1 a row by default; ``cost`` and ``currency``), counts by cause, or one
        cause a failure. A missing or empty cause is kept as not recorded.
    by : {"count", "cost"}
        What they are ordered by.
    vital_share : float
        The share that the vital few make up at least, above 0 and up to 1.
    shown : int, optional
        How many causes keep their own row; the rest is put together, equal ones never on both sides.

    Returns
    -------
    ParetoCauses

    Raises
    ------
    InvalidInput
        No table, broken or negative counts, cost that is no money, currencies mixed, cost asked for and not given.
    """
    found: list[Finding] = []
    frame = given_frame(_frame(failures), "failures", ("cause",), found)
    ordered = given_choice(by, "by", ("count", "cost"), found)
    share = given_figure(vital_share, "vital_share", found, 0.0, 1.0)
    most = None if shown is None else given_whole(shown, "shown", found, 1)
    if ordered == "cost" and "cost" not in frame.columns:
        found.append(Finding("pareto.no_cost", "failures", "cost"))
    counts, costs = _counts(frame, found), _costs(frame, found)
    currency = _currency(frame, found)
    refuse_all(found)
    sums: dict[str, tuple[int, Decimal]] = {}
    for name, count, cost in zip(_names(frame), counts, costs, strict=True):
        before = sums.get(name, (0, Decimal(0)))
        sums[name] = (before[0] + count, before[1] + cost)
    return _ordered(sums, ordered, share, most, currency)


def _ordered(
    sums: Mapping[str, tuple[int, Decimal]], by: str, vital_share: float, shown: int | None, currency: str
) -> ParetoCauses:
    at = 0 if by == "count" else 1
    n, cost = sum(one[0] for one in sums.values()), sum((one[1] for one in sums.values()), Decimal(0))
    whole = Decimal(n) if by == "count" else cost
    names = sorted((name for name in sums if name != NOT_RECORDED), key=lambda name: (-sums[name][at], name))
    kept = names if shown is None else names[:shown]
    if len(kept) < len(names):
        kept = [name for name in kept if sums[name][at] > sums[names[len(kept)]][at]]
    rows: list[Cause] = []
    running, reached = Decimal(0), False
    last: Decimal | None = None
    for name in kept:
        size = Decimal(sums[name][at])
        rank = 1 + sum(sums[other][at] > size for other in names)
        vital = size > 0 and (not reached or size == last)
        running, last = running + size, size
        reached = whole > 0 and running >= Decimal(str(vital_share)) * whole
        rows.append(Cause(name, *sums[name], _part(size, whole), _part(running, whole), rank, bool(vital)))
    rest = [sums[name] for name in names[len(kept) :]]
    ends = [(NOT_RECORDED, rest, len(rest))] if rest else []
    ends += [(NOT_RECORDED, [sums[NOT_RECORDED]], 0)] if NOT_RECORDED in sums else []
    for name, several, merged in ends:
        together = (sum(one[0] for one in several), sum((one[1] for one in several), Decimal(0)))
        running += Decimal(together[at])
        part = _part(Decimal(together[at]), whole)
        rows.append(Cause(name, *together, part, _part(running, whole), 0, False, merged))
    return ParetoCauses(tuple(rows), by, n, cost, currency, vital_share)


def _part(size: Decimal, whole: Decimal) -> float:
    return float(size / whole) if whole > 0 else float("nan")


def _frame(failures: object) -> object:
    """A mapping or a list of causes as a table."""
    import pandas as pd

    if isinstance(failures, Mapping):
        return pd.DataFrame({"cause": list(failures), "count": pd.Series(list(failures.values()), dtype=object)})
    if isinstance(failures, pd.DataFrame | str) or not isinstance(failures, Iterable):
        return failures
    return pd.DataFrame({"cause": pd.Series(list(failures), dtype=object)})


def _names(frame: pd.DataFrame) -> list[str]:
    cells = frame["cause"].astype(object).where(frame["cause"].notna(), NOT_RECORDED)
    return [str(cell).strip() for cell in cells]


def _counts(frame: pd.DataFrame, found: list[Finding]) -> list[int]:
    if "count" not in frame.columns:
        return [1] * len(frame)
    figures = [exact(cell) for cell in frame["count"]]
    good = [figure is not None and figure >= 0 and figure == figure.to_integral_value() for figure in figures]
    wrong = tuple(i + 2 for i, fine in enumerate(good) if not fine)
    if wrong:
        shown = str(frame["count"].iloc[wrong[0] - 2])
        found.append(Finding("pareto.count", "failures", "count", wrong, shown))
    return [int(figure) if figure is not None and fine else 0 for figure, fine in zip(figures, good, strict=True)]


def _costs(frame: pd.DataFrame, found: list[Finding]) -> list[Decimal]:
    if "cost" not in frame.columns:
        return [Decimal(0)] * len(frame)
    figures = [exact(cell) for cell in frame["cost"]]
    wrong = tuple(i + 2 for i, figure in enumerate(figures) if figure is None or figure < 0)
    if wrong:
        shown = str(frame["cost"].iloc[wrong[0] - 2])
        found.append(Finding("pareto.cost", "failures", "cost", wrong, shown))
    return [figure if figure is not None else Decimal(0) for figure in figures]


def _currency(frame: pd.DataFrame, found: list[Finding]) -> str:
    if "currency" not in frame.columns or "cost" not in frame.columns:
        return ""
    named = sorted({str(cell) for cell in frame["currency"]})
    if len(named) > 1:
        found.append(Finding("pareto.currency", "failures", "currency", value=", ".join(named)))
    return named[0] if named else ""
