"""The tables of risks as they are shown: dearest risks, losses, suppliers with reasons, portfolio, indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, message
from supplier_eval.report.formats import NOTHING, names, number, plain
from supplier_eval.report.tables import Table
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.risk.answers import RiskAnswers
    from supplier_eval.risk.concentration_result import Concentrations
    from supplier_eval.risk.fmea_front import FailureModes
    from supplier_eval.risk.kraljic_result import KraljicPortfolio
    from supplier_eval.risk.losses_result import AnnualLosses
    from supplier_eval.risk.measure_choice import MeasureChoice
    from supplier_eval.risk.measure_tails import TailComparison
    from supplier_eval.risk.rating_result import RiskRating

MOST_RISKS = 15
MOST_LISTED = 50
MOST_REASONS = 3
MOST_NAMED = 12
AROUND = 5  # budgets below and above the chosen one
CUT = ("…", "", "", "")


def whole(amount: Any) -> str:  # noqa: ANN401 - money, or a missing one
    """Money without decimals; a dash where it is missing."""
    import pandas as pd

    return NOTHING if amount is None or pd.isna(amount) else number(float(amount), 0)


def first_rows(
    rows: Sequence[tuple[str, ...]], lang: Lang, most: int, last: tuple[str, ...] | None = None
) -> tuple[tuple[str, ...], ...]:
    """The first rows; where there are more, a row that counts them, and after it a last one that is always shown."""
    ends = () if last is None else (last,)
    if len(rows) <= most or not rows:
        return (*rows, *ends)
    left = words(lang)["chart.drivers.left"].format(n=len(rows) - most)
    return (*rows[:most], (left, *[""] * (len(rows[0]) - 1)), *ends)


def few(ids: tuple[str, ...], lang: Lang) -> str:
    """Ids in a row, the first twelve; an ellipsis with the number of the others."""
    more = f" … (+{len(ids) - MOST_NAMED})" if len(ids) > MOST_NAMED else ""
    return names(ids[:MOST_NAMED], lang) + more


def colour_words(colour: str, lang: Lang) -> str:
    """A colour of a matrix in words; one that is none of the usual three as the matrix calls it."""
    return words(lang).get(f"risk_colour.{colour}", plain(colour))


def risks_table(answers: RiskAnswers, lang: Lang, most: int = MOST_RISKS) -> Table:
    """The risks with the largest expected loss; without a number of rows to show, those not assessed come last."""
    say, register = words(lang), answers.register
    assert register is not None  # asked only where it was read
    colours = {} if answers.places is None else {key: p.colour for key, p in answers.places.risks.items()}
    states = {} if answers.responses is None else {key: r.state for key, r in answers.responses.risks.items()}
    rows: list[tuple[str, ...]] = []
    for row in register.to_frame().head(most).to_dict("records"):
        key = str(row["risk"])
        state = message(f"response.state.{states[key]}", lang) if key in states else ""
        assessed = row["state"] == "assessed"
        figure = whole(row["current"]) if assessed else say["risk.not_assessed"].format(days=row["age"])
        rows.append((key, plain(row["name"]), plain(row["supplier"]), plain(row["owner"]),
                     number(float(row["frequency"]), 3) if assessed else NOTHING, figure,
                     colour_words(colours.get(key, ""), lang), state))  # fmt: skip
    if len(register.risks) > most:
        left = say["chart.drivers.left"].format(n=len(register.risks) - most)
        rows.append(("…", left, *[""] * 6))
    heads = ("risk", "name", "supplier", "owner", "frequency", "loss", "colour", "state")
    kinds = ("id", "text", "id", "text", "figure", "figure", "text", "text")
    unit = {"currency": register.currency}
    columns = tuple((say[f"risk_head.{h}"].format(**unit), kind) for h, kind in zip(heads, kinds, strict=True))
    return Table("risks", columns, tuple(rows), {})  # type: ignore[arg-type]


def failures_table(found: FailureModes, lang: Lang, most: int = MOST_RISKS) -> Table:
    """Failure modes by action priority, the priority number and its order beside it; those not rated last."""
    say, rows = words(lang), []
    for row in found.to_frame().to_dict("records"):
        figures = [whole(row[key]) for key in FMEA_FIGURES]
        rows.append((plain(row["mode"]), plain(row["step"]), *figures[:3], row["priority"] or NOTHING, *figures[3:]))
    heads = ("mode", "step", *FMEA_FIGURES[:3], "priority", *FMEA_FIGURES[3:])
    kinds = {"mode": "text", "step": "text", "priority": "text"}
    columns = tuple((say[f"risk_head.{head}"], kinds.get(head, "figure")) for head in heads)
    return Table("failures", columns, first_rows(rows, lang, most), {})  # type: ignore[arg-type]


FMEA_FIGURES = ("severity", "occurrence", "detection", "rpn", "rank", "rpn_rank")


def losses_rows(losses: AnnualLosses, lang: Lang) -> Table:
    """Figures of the annual loss with their Monte-Carlo error beside the closed forms."""
    say, rows = words(lang), []
    for row in losses.to_frame().to_dict("records"):
        shown = _share if row["measure"] == "no_loss" else whole
        level = _given(row["level"])
        name = say[f"risk_measure.{row['measure']}"] + ("" if level is None else f" {100 * level:.10g} %")
        rows.append((name, *(shown(_given(row[key])) for key in FIGURES)))
    columns = tuple(
        (say[f"risk_head.{head}"], "figure" if head in FIGURES else "text") for head in ("measure", *FIGURES)
    )
    return Table("losses", columns, tuple(rows), {})  # type: ignore[arg-type]


FIGURES = ("value", "error", "exact")


def _share(figure: float | None) -> str:
    return NOTHING if figure is None else f"{100 * figure:.2f} %"


def _given(cell: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    import pandas as pd

    return None if pd.isna(cell) else float(cell)


def measures_table(choice: MeasureChoice, lang: Lang) -> Table:
    """Budgets at which a better set can be bought, those around the chosen one, which stands out."""
    say, rows, marked = words(lang), [], {}
    steps = choice.to_frame().to_dict("records")
    at = next((k for k, row in enumerate(steps) if row["chosen"]), 0)
    before = 0
    for k, row in enumerate(steps):
        if k and abs(k - at) > AROUND:
            continue
        if k - before > 1:
            rows.append(CUT)
        before = k
        per = _given(row["per_unit"])
        bought = few(tuple(m for m in str(row["measures"]).split("|") if m), lang) or NOTHING
        if row["chosen"]:
            marked[len(rows)] = "first"
        rows.append((whole(row["budget"]), bought, whole(row["loss"]), NOTHING if per is None else number(per, 2)))
    if before < len(steps) - 1:
        rows.append(CUT)
    unit = {"currency": choice.currency}
    columns = tuple(
        (say[f"risk_head.{head}"].format(**unit), kind)
        for head, kind in (("budget", "figure"), ("measures", "text"), ("left", "figure"), ("per_unit", "figure"))
    )
    return Table("measures", columns, tuple(rows), marked)  # type: ignore[arg-type]


def tails_table(found: TailComparison, lang: Lang) -> Table:
    """Mean, VaR and TVaR of a year without and with the measures bought, with what is saved and its error."""
    say, rows = words(lang), []
    for row in found.to_frame().to_dict("records"):
        level = _given(row["level"])
        name = say[f"risk_measure.{row['measure']}"] + ("" if level is None else f" {100 * level:.10g} %")
        error = NOTHING if row["measure"] == "mean" else whole(row["saved_error"])  # the mean is a closed form
        rows.append((name, *(whole(row[key]) for key in ("before", "after", "saved")), error))
    unit = {"currency": found.before.currency}
    heads = ("measure", "without", "with", "saved", "saved_error")
    columns = tuple((say[f"risk_head.{h}"].format(**unit), "text" if h == "measure" else "figure") for h in heads)
    return Table("tails", columns, tuple(rows), {})  # type: ignore[arg-type]


def suppliers_table(rating: RiskRating, lang: Lang) -> Table:
    """Suppliers, the highest risk first, with the reasons in order of weight."""
    say, rows = words(lang), []
    order = {level.id: at for at, level in enumerate(rating.plan.levels)}
    measure = {rule.id: rule.measure for rule in rating.plan.knock_outs}
    ranked = sorted(rating.ratings.values(), key=lambda one: (-order.get(one.level, -1), -(one.score or 0)))
    for one in ranked:
        reasons = [
            f"{say[f'risk_reason.{r.measure}']} {float(r.contribution):.1f}"
            for r in one.reasons
            if r.contribution is not None and r.contribution > 0
        ][:MOST_REASONS]
        score = NOTHING if one.score is None else f"{float(one.score):.1f}"
        between = " – ".join(f"{float(x):.0f}" for x in one.possible)
        held = one.level or say["risk.not_rated"]
        knocked = names([say[f"risk_reason.{measure[name]}"] for name in one.knock_outs], lang)
        held = say["risk.level_by"].format(level=held, by=knocked) if knocked else held
        rows.append((plain(one.supplier), plain(one.name), held, score, between,
                     f"{100 * float(one.coverage):.0f}", names(reasons, lang) or NOTHING))  # fmt: skip
    heads = ("supplier", "name", "level", "score", "possible", "coverage", "reasons")
    kinds = ("id", "text", "text", "figure", "figure", "figure", "text")
    columns = tuple((say[f"risk_head.{h}"], kind) for h, kind in zip(heads, kinds, strict=True))
    return Table("suppliers", columns, first_rows(rows, lang, MOST_LISTED), {})  # type: ignore[arg-type]


def concentration_table(found: Concentrations, lang: Lang) -> Table:
    """Categories by ultimate parent, all together last."""
    say, rows = words(lang), []
    for one in found.lines:
        if one.level != "parent":
            continue
        share = NOTHING if one.share is None else f"{100 * float(one.share):.1f}"
        least, most = (whole(None if x is None else float(x)) for x in (one.open_least, one.open_most))
        takes = say[f"risk_takes.{one.rest_takes}"]
        if one.rest_takes in {"no", "unknown"}:
            shown = least if least == most else f"{least} – {most}"
            takes = say["risk_takes.open"].format(takes=takes, open=shown)
        hhi = whole(None if one.hhi is None else float(one.hhi))
        effective = NOTHING if one.effective is None else f"{float(one.effective):.2f}"
        largest = names(tuple(map(plain, one.largest)), lang)
        rows.append((plain(one.category) or say["risk.all"], str(one.count), whole(float(one.total)), hhi, effective,
                     largest, share, takes))  # fmt: skip
    heads = ("category", "count", "total", "hhi", "effective", "largest", "share", "takes")
    kinds = ("text", "figure", "figure", "figure", "figure", "text", "figure", "text")
    columns = tuple((say[f"risk_head.{h}"], kind) for h, kind in zip(heads, kinds, strict=True))
    return Table("concentration", columns, first_rows(rows[:-1], lang, MOST_LISTED, rows[-1]), {})  # type: ignore[arg-type]


def portfolio_table(found: KraljicPortfolio, lang: Lang) -> Table:
    """Categories with their quadrant, and those across a line that they could as well be."""
    say, rows = words(lang), []
    for key, one in found.positions.items():
        quadrant = message(f"kraljic.quadrant.{one.quadrant}", lang) if one.quadrant else say["risk.not_placed"]
        others = [message(f"kraljic.quadrant.{q}", lang) for q in one.could_be if q != one.quadrant]
        rows.append((plain(key), plain(one.name), *(number(None if x is None else float(x), 1) or NOTHING
                     for x in (one.supply_risk, one.profit_impact)), quadrant, names(others, lang)))  # fmt: skip
    heads = ("item", "name", "supply_risk", "profit_impact", "quadrant", "could_be")
    kinds = ("id", "text", "figure", "figure", "text", "text")
    columns = tuple((say[f"risk_head.{h}"], kind) for h, kind in zip(heads, kinds, strict=True))
    return Table("portfolio", columns, first_rows(rows, lang, MOST_LISTED), {})  # type: ignore[arg-type]
