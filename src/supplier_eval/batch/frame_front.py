"""Score a table of bids of many tenders in memory: the same rows out, with values, totals and ranks beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supplier_eval.batch.batch_standing import batch_standing
from supplier_eval.batch.columns import ROBUST, bind
from supplier_eval.batch.plan import compile_plan
from supplier_eval.batch.scoring import OnError, asked_choice, score_rows
from supplier_eval.messages import LANGS, Lang
from supplier_eval.rank.asked import asked_frame, asked_names, asked_text, asked_together, asked_whole

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.policy.batch_columns import BatchColumns
    from supplier_eval.policy.document import Policy


def score_frame(  # noqa: PLR0913 - the face of the room: each is one plain choice
    frame: pd.DataFrame,
    policy: Policy,
    *,
    category: str = "",
    columns: Mapping[str, Any] | BatchColumns | None = None,
    robustness: Sequence[str] = (),
    draws: int = 4096,
    seed: int = 0,
    on_error: OnError = "raise",
    published: str = "",
    lang: Lang = "en",
) -> pd.DataFrame:
    """Score and rank the bids of many tenders at once, each tender exactly as `evaluate` would score it alone.

    Parameters
    ----------
    frame : DataFrame
        One row a bid, in any order: ids of tender and bid, a column a criterion and gate, prices. Missing is not zero:
        a bid that is considered needs every figure.
    policy : Policy
        Any policy whose criteria come as columns. Its ``[batch]`` names the columns.
    category : str
        Service category, where the criteria differ by category.
    columns : mapping or BatchColumns, optional
        Laid over the policy's mapping, role or table → column; None for a role that is not to be read.
    robustness : sequence of {"acceptability", "expected_rank", "radius"}
        Which robustness columns are added.
    draws : int
        Weight vectors for acceptability and expected rank, as in `rank_acceptability`.
    seed : int
        0 or more; the same seed gives the same bits.
    on_error : {"raise", "reject"}
        What a bad row does: it refuses the table, or its whole tender is left out; then
        ``attrs["rejected_rows"]`` counts the rows left out and ``attrs["findings"]`` says why (`score_rows` hands
        the rows over).
    published : str
        Fingerprint of the policy as the tenders published it; without it the result is exploratory.
    lang : {"en", "zh"}
        Language of ``reason_text``.

    Returns
    -------
    DataFrame
        The same rows in the same order with the same index, input columns untouched, and: ``value_<criterion>``
        (0-100), ``total`` (points of 100 after the policy's rounding), ``rank`` (Int64, missing where there is none),
        ``margin`` (points ahead of the next bid in the order; NaN for the last), ``eligible`` (bool), ``reason``
        (codes, missing where a bid is in the order), ``reason_text`` (sentences), ``flags`` (codes of abnormal
        prices). ``attrs``: ``standing``, ``standing_reasons``, ``policy_fingerprint``, ``version``, ``tenders``,
        ``rejected_rows``, ``findings``.

    Raises
    ------
    InvalidInput
        With everything that is wrong with arguments, columns and, by default, rows.
    UnknownName
        If the criteria differ by service category and `category` is none of the policy's.

    See Also
    --------
    supplier_eval.batch.score_dataset : the same for files larger than memory.

    Examples
    --------
    >>> import pandas as pd
    >>> bids = pd.read_csv("data/samples/market/bids.csv", dtype={"pid": str, "offer": str, "bidder_id": str})
    >>> scored = se.batch.score_frame(bids.head(6), se.Policy.load("data/samples/market/policy.toml"))
    >>> scored[["pid", "bid", "total", "rank", "winner"]].round(2)
      pid         bid   total  rank  winner
    0  15   3680000.0  100.00     1       1
    1  15   3700000.0   99.46     3       0
    2  15   3730000.0   98.66     5       0
    3  15   3690000.0   99.73     2       0
    4  15   3700000.0   99.46     3       0
    5  16  14600000.0  100.00     1       1
    """
    asked = _asked(frame, robustness, draws, seed, on_error, published, lang)
    plan = compile_plan(policy, category=category, columns=columns)
    bind(plan, frame, asked)
    scored = score_rows(frame, plan, on_error=on_error, lang=lang)
    out = scored.frame
    if asked:
        from supplier_eval.batch.robust_columns import with_robustness

        out = with_robustness(out, plan, scored.result, asked, draws=draws, seed=seed)
    standing, reasons = batch_standing(plan, published, scored.result, lang)
    out.attrs = dict(frame.attrs) | {
        "standing": standing,
        "standing_reasons": reasons,
        "policy_fingerprint": policy.fingerprint,
        "version": _version(),
        "tenders": scored.n_tenders,
        "rejected_rows": len(scored.rejected),
        "findings": [finding.line(lang) for finding in scored.findings],
    }
    return out


def _asked(
    frame: object, robustness: object, draws: object, seed: object, on_error: object, published: object, lang: object
) -> tuple[str, ...]:
    """The robustness columns asked for; everything that is wrong with the arguments at once."""
    names: list[str] = []

    def robust() -> None:
        names.extend(asked_names(robustness, "robustness"))
        for name in names:
            asked_choice("batch.robustness.unknown", "robustness", name, tuple(ROBUST))

    asked_together(
        lambda: asked_frame(frame, "frame"),
        robust,
        lambda: asked_whole(draws, "draws", 1),
        lambda: asked_whole(seed, "seed"),
        lambda: asked_choice("batch.on_error.unknown", "on_error", on_error, ("raise", "reject")),
        lambda: asked_text(published, "published"),
        lambda: asked_choice("batch.lang.unknown", "lang", lang, LANGS),
    )
    return tuple(name for name in ROBUST if name in names)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("supplier-eval")
    except PackageNotFoundError:
        return ""
