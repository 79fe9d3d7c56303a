"""From a long table of bids to values, totals and ranks: read, set bad tenders aside, score the rest in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.batch.columns import VALUE, bind
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.plan import Plan
from supplier_eval.batch.rows import Rows, read_rows
from supplier_eval.batch.scored_blocks import Blocks, score_read
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import LANGS, Lang, message
from supplier_eval.rank.asked import asked_frame, asked_together

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Blocks", "Scored", "score_read", "score_rows", "with_results"]

BoolArray = npt.NDArray[np.bool_]
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
        If an argument is of the wrong kind or columns are missing; with ``on_error="raise"`` if anything is wrong.

    Examples
    --------
    >>> import pandas as pd
    >>> path = "data/samples/market/bids.csv"
    >>> bids = pd.read_csv(path, dtype={"pid": str, "offer": str, "bidder_id": str}).head(6)
    >>> plan = se.batch.compile_plan(se.Policy.load("data/samples/market/policy.toml"))
    >>> se.batch.score_rows(bids, plan).frame["rank"].tolist()
    [1, 3, 5, 2, 3, 1]
    """
    asked_together(
        lambda: asked_frame(frame, "frame"),
        lambda: asked_plan(plan),
        lambda: asked_choice("batch.on_error.unknown", "on_error", on_error, ("raise", "reject")),
        lambda: asked_choice("batch.lang.unknown", "lang", lang, LANGS),
    )
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


def asked_plan(given: object) -> None:
    """Refuse what is no plan."""
    if not isinstance(given, Plan):
        raise InvalidInput([Finding("batch.plan.none", "arguments", "plan", value=type(given).__name__)], "arguments")


def asked_choice(code: str, name: str, given: object, choices: Sequence[str]) -> None:
    """Refuse what is none of the choices."""
    if given not in choices:
        facts = {"known": ", ".join(choices)}
        raise InvalidInput([Finding(code, "arguments", name, value=repr(given), facts=facts)], "arguments")


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
