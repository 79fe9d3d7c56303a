"""From a long table of bids to values, totals and ranks: read, set bad tenders aside, score the rest in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.abnormal import flagged_points, flagged_prices
from supplier_eval.batch.columns import VALUE, bind
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.groups import Groups
from supplier_eval.batch.kernel import BlockScores, margins_in_order, score_block
from supplier_eval.batch.reasons import Reasons, plain_words
from supplier_eval.batch.rows import Rows, read_rows
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.qualify.cases import ABNORMAL
from supplier_eval.rank.arithmetic import Rules
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.plan import Plan

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
OnError = Literal["raise", "reject"]
FIRST_ROW = 2  # as a sheet shows it: the header is row 1
SET_ASIDE = "batch.tender.set_aside"


@dataclass(frozen=True, eq=False)
class Scored:
    """A table scored, and what had to stay out.

    Parameters
    ----------
    frame : DataFrame
        The rows that were scored, in their order and with their index, input columns untouched, results beside them.
    rejected : DataFrame
        The rows of every tender that has a bad row, with ``finding_codes`` and ``findings`` (text): of the row itself,
        or that its tender is set aside.
    findings : tuple of Finding
        Everything that is wrong, one a code and column with all its rows.
    n_tenders : int
        Tenders (lots) that were scored.
    result : Blocks
        The figures as arrays, with where each tender's rows stand in `frame`.
    """

    frame: pd.DataFrame
    rejected: pd.DataFrame
    findings: tuple[Finding, ...]
    n_tenders: int
    result: Blocks

    def __repr__(self) -> str:
        return f"Scored({len(self.frame)} bids of {self.n_tenders} tenders, {len(self.rejected)} rows rejected)"


@dataclass(frozen=True, eq=False)
class Blocks:
    """Results of all rows as arrays.

    Parameters
    ----------
    rows : Rows
        What was read.
    values : ndarray of shape (n_criteria, n_rows)
        0-100; NaN for bids that are out.
    total, margin : ndarray of shape (n_rows,)
        Points of 100.
    ranks : ndarray of int of shape (n_rows,)
        0 where there is none.
    eligible : ndarray of bool of shape (n_rows,)
        Who is scored.
    """

    rows: Rows
    values: FloatArray
    total: FloatArray
    margin: FloatArray
    ranks: IntArray
    eligible: BoolArray
    reasons: Reasons
    flags: Reasons

    @property
    def groups(self) -> Groups:
        """Where each tender's rows stand."""
        return self.rows.groups


def score_rows(
    frame: pd.DataFrame,
    plan: Plan,
    *,
    first_row: int = FIRST_ROW,
    on_error: OnError = "reject",
    lang: Lang = "en",
) -> Scored:
    """Score the rows of a long table whose tenders are whole.

    Parameters
    ----------
    frame : DataFrame
        One row a bid; all rows of a tender are in it.
    plan : Plan
        From `compile_plan`.
    first_row : int
        Number of the first row in findings; a sheet's is 2.
    on_error : {"reject", "raise"}
        Whether a bad row sets its whole tender aside (a price is scored against the others' prices: leaving one bid
        out would change the rest without anybody seeing it), or refuses the table.
    lang : {"en", "zh"}
        Language of the sentences.

    Returns
    -------
    Scored
        Rows of good tenders with their results; rows of the others with their findings.

    Raises
    ------
    InvalidInput
        If columns are missing; with ``on_error="raise"`` if anything is wrong.
    """
    bound = bind(plan, frame)
    rows, faults = read_rows(plan, frame, bound)
    findings = faults.findings(first_row)
    if not faults.found:
        result = score_read(plan, rows)
        return Scored(
            with_results(frame, plan, result, lang), _rejects(frame.iloc[:0], (), ()), (), result.groups.n, result
        )
    if on_error == "raise":
        raise InvalidInput(findings, "bids")
    good, codes, said = _sorted_out(rows, faults, lang)
    rejected = _rejects(frame.iloc[np.flatnonzero(~good)], codes[~good], said[~good])
    kept = frame.iloc[np.flatnonzero(good)]
    result = score_read(plan, rows.kept(good))
    return Scored(with_results(kept, plan, result, lang), rejected, findings, result.groups.n, result)


def score_read(plan: Plan, rows: Rows) -> Blocks:
    """Score rows that were read and found good."""
    n = len(rows.eligible)
    total, margin = np.full(n, np.nan), np.full(n, np.nan)
    ranks, enough = np.zeros(n, np.int64), np.ones(rows.groups.n, bool)
    values, prices = rows.values, rows.prices
    flags = Reasons(n)
    raised: dict[str, BoolArray] = {}
    moved = _moved(plan)
    everybody, stops = bool(rows.eligible.all()), bool(rows.unopened.any())
    for tenders, at in rows.groups.blocks():
        eligible = np.ones(at.shape, bool) if everybody else rows.eligible[at]
        opened = eligible if everybody else rows.opened[at]
        money = np.full(at.shape, np.nan) if prices is None else np.take(prices.money, at)
        offered = money[None] if prices is not None and prices.as_offered else _offered(rows, at)
        ceiling = None if prices is None or prices.ceiling is None else prices.ceiling[at[0]]
        scored = _scored(_rules(plan, ceiling), plan, _block(plan, values, at), offered, money, (opened, eligible))
        total[at], ranks[at], margin[at] = scored.total, scored.ranks, scored.margin
        enough[tenders] = scored.enough
        for i in moved:
            values[i][at] = scored.values[i]
        if scored.tied.any():
            tied = at[:, scored.tied]
            margin[tied] = margins_in_order(total[tied], ranks[tied], canonical_places(rows, tied))
        if prices is not None and plan.policy.price.abnormal:
            priced = eligible & ~rows.unopened[at[0]] if stops else eligible
            for code, where in _flags(plan, scored, money, priced, eligible, ceiling):
                if where.any():
                    raised.setdefault(code, np.zeros(n, bool))[at] |= where
    for i in set(range(len(values))) - set(moved) if not everybody else ():
        values[i][~rows.eligible] = np.nan
    for code in dict.fromkeys(ABNORMAL + rule.kind for rule in plan.policy.price.abnormal):
        if code in raised:
            flags.add(code, plain_words("batch.flag.abnormal", rule=code), raised[code])
    _too_few(plan, rows, enough)
    return Blocks(rows, values, total, margin, ranks, rows.eligible, rows.reasons, flags)


def _scored(
    rules: Rules,
    plan: Plan,
    values: FloatArray,
    offered: FloatArray,
    money: FloatArray,
    masks: tuple[BoolArray, BoolArray],
) -> BlockScores:
    """One block through the kernel; what a price formula refuses is a finding."""
    try:
        return score_block(rules, plan.weights, values, offered, money, *masks)
    except ValueError as refused:
        formulas = ", ".join(row.formula for row in plan.rows)
        facts = {"why": str(refused).rstrip(".")}
        raise InvalidInput([Finding("batch.formula.refused", "bids", value=formulas, facts=facts)], "bids") from refused


def _moved(plan: Plan) -> list[int]:
    """Criteria whose values depend on the other bids' rows: prices, and what is rescaled to the best."""
    moved = {row.row for row in plan.rows}
    technical = plan.policy.procedure.technical
    if technical.rescale_to_best:
        index = {leaf.id: i for i, leaf in enumerate(plan.leaves)}
        moved |= {index[leaf.id] for name in technical.criteria for leaf in plan.tree.leaves_below(name)}
    return sorted(moved)


def _rules(plan: Plan, ceiling: FloatArray | None) -> Rules:
    """The arithmetic with the price rows of a block."""
    rows = plan.price_rows(ceiling)
    return plan.rules if rows is plan.rules.rows else plan.rules.with_prices(rows)


def canonical_places(rows: Rows, at: IntArray) -> IntArray:
    """Place of each bid in the canonical order of its tender, for a few tenders."""
    ids = rows.bids
    out = np.empty(at.shape, np.int64)
    for t in range(at.shape[1]):
        labels = [ids.label(int(code)) for code in ids.codes[at[:, t]]]
        order = sorted(range(len(labels)), key=lambda b: (id_key(labels[b]), labels[b]))
        out[order, t] = np.arange(len(labels))
    return out


def _offered(rows: Rows, at: IntArray) -> FloatArray:
    """What the price criteria of a block score."""
    return np.zeros((0, *at.shape)) if rows.prices is None else rows.prices.offered[:, at]


def _block(plan: Plan, values: FloatArray, at: IntArray) -> FloatArray:
    """Values of a block; the rows of prices are filled by the kernel."""
    block = np.empty((len(values), *at.shape))
    for i, leaf in enumerate(plan.leaves):
        if leaf.source == "price":
            block[i] = np.nan
        else:
            np.take(values[i], at, out=block[i], mode="clip")
    return block


def _flags(
    plan: Plan,
    scored: BlockScores,
    money: FloatArray,
    priced: BoolArray,
    eligible: BoolArray,
    ceiling: FloatArray | None,
) -> Iterator[tuple[str, BoolArray]]:
    """Who is beyond a line of the policy, by the code of the flag."""
    lines = plan.policy.price.abnormal
    yield from flagged_prices(lines, money, priced, ceiling, plan.policy.minor_units)
    rows = [row.row for row in plan.rows]
    yield from flagged_points(lines, scored.values, plan.weights, rows, eligible & scored.enough)


def _too_few(plan: Plan, rows: Rows, enough: BoolArray) -> None:
    """Say of bids that are valid why they have no rank all the same."""
    if enough.all():
        return
    needed = max(plan.policy.procedure.minimum_valid_bids, 1)
    where = rows.eligible & ~enough[rows.groups.codes]
    rows.reasons.add("score.too_few_valid_bids", plain_words("batch.reason.too_few", needed=needed), where)


def with_results(frame: pd.DataFrame, plan: Plan, result: Blocks, lang: Lang = "en") -> pd.DataFrame:
    """The table with its results beside it; the given one is left as it is."""
    import pandas as pd

    reason, reason_text = result.reasons.categories(lang)
    columns: dict[str, object] = {VALUE + leaf.id: result.values[i] for i, leaf in enumerate(plan.leaves)}
    columns["total"] = result.total
    columns["rank"] = pd.array(result.ranks, dtype="Int64", copy=False)
    columns["margin"] = result.margin
    columns["eligible"] = result.eligible
    columns["reason"], columns["reason_text"] = reason, reason_text
    columns["flags"] = result.flags.categories(lang)[0]
    beside = pd.DataFrame(columns, index=frame.index, copy=False)
    ranks = beside["rank"].array
    ranks[result.ranks == 0] = pd.NA
    beside["rank"] = ranks
    return pd.concat([frame, beside], axis=1)


def _sorted_out(rows: Rows, faults: Faults, lang: Lang) -> tuple[BoolArray, Texts, Texts]:
    """Which rows stay, and what is said of every row: its own findings, else that its tender is set aside."""
    bad = faults.rows
    codes, said = faults.by_row(lang)
    known = rows.tenders >= 0
    broken = np.zeros(int(rows.tenders.max(initial=-1)) + 1, bool)
    broken[rows.tenders[bad & known]] = True
    out = bad | ~known
    out[known] |= broken[rows.tenders[known]]
    aside = out & ~bad
    codes[aside], said[aside] = SET_ASIDE, message(SET_ASIDE, lang)
    return ~out, codes, said


def _rejects(frame: pd.DataFrame, codes: npt.ArrayLike, said: npt.ArrayLike) -> pd.DataFrame:
    """Rejected rows with what is said of each."""
    import pandas as pd

    columns: Mapping[str, object] = {
        "finding_codes": pd.array(np.asarray(codes, dtype=object), dtype="str"),
        "findings": pd.array(np.asarray(said, dtype=object), dtype="str"),
    }
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)
