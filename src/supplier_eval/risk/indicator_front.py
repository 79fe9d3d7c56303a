"""Watch key risk indicators: from readings and definitions to states and warnings (§6.3.1, §6.3.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.indicator_history import (
    ANSWER_COLUMNS,
    ANSWERS,
    COLUMNS,
    HISTORY,
    asked_day,
    dated_records,
    read_answers,
    read_history,
    unknown_indicators,
)
from supplier_eval.risk.indicator_plan import Indicator, IndicatorPlan, named_indicators
from supplier_eval.risk.indicator_states import IndicatorReading, due_until, run_states
from supplier_eval.risk.indicator_warnings import Answers, IndicatorWarning, raise_warnings
from supplier_eval.risk.indicator_watch import IndicatorStatus, IndicatorWatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def watch_indicators(
    history: pd.DataFrame, definitions: object, *, as_of: object, acknowledgements: pd.DataFrame | None = None
) -> IndicatorWatch:
    """Say which indicators are green, amber, red, or grey for lack of data, and who must answer which warning by when.

    Parameters
    ----------
    history : DataFrame
        ``indicator`` (id), ``on`` (day), ``value`` (in the unit of the indicator; empty: the reading was due and is
        missing, which is neither good nor bad). In any order.
    definitions : IndicatorPlan, path, mapping, or sequence of Indicator
        What is watched: see `IndicatorPlan`.
    as_of : date or str
        The day; readings that were not known by then are left out and counted.
    acknowledgements : DataFrame, optional
        ``indicator``, ``raised`` (day of the warning), ``on`` (day of the answer), ``by`` (who).

    Returns
    -------
    IndicatorWatch

    Raises
    ------
    InvalidInput
        With every finding: definitions that do not hold together, cells that cannot be read, unknown indicators, two
        readings of a day, answers to warnings that were not raised.

    Examples
    --------
    >>> import pandas as pd
    >>> history = pd.read_csv("data/samples/risks/history.csv")
    >>> se.risk.watch_indicators(history, "data/samples/risks/indicators.toml", as_of="2026-11-30")
    IndicatorWatch(2026-11-30: 6 indicators, 2 red, 1 amber, 1 grey)
    """
    day, found = asked_day(as_of, "as_of")
    try:
        plan = IndicatorPlan.of(definitions)
    except InvalidInput as refused:
        found += _of_tables(history, acknowledgements, named_indicators(definitions))
        raise InvalidInput([*refused.findings, *found], "indicators") from None
    indicators = sorted(plan.indicators, key=lambda one: (id_key(one.id), one.id))
    values, wrong = read_history(history, indicators)
    answers, rows, odd = read_answers(acknowledgements, values)
    found += wrong + odd
    if found:
        raise InvalidInput(found, "indicators")
    known = {key: answer for key, answer in answers.items() if answer[0] <= day}
    status, readings, warnings, later = {}, [], [], 0
    for one in indicators:
        every = run_states(one, values[id_key(one.id)])
        mine = [reading for reading in every if reading.known <= day]
        later += len(every) - len(mine)
        status[one.id] = _status(one, mine, day)
        readings += mine
        warnings += raise_warnings(one, mine, plan, day, known)
    _refuse_strays(known, rows, warnings)
    return IndicatorWatch(plan, day, status, tuple(readings), tuple(warnings), later)


def _of_tables(history: object, answers: object, ids: Sequence[str]) -> list[Finding]:
    """What is wrong with the tables where the definitions are refused: they are read all the same."""
    known = {id_key(one): one for one in ids}
    records, _, found = dated_records(history, COLUMNS, HISTORY, ("on",))
    found += unknown_indicators(records, known, HISTORY) if known else []
    if answers is not None:
        records, _, wrong = dated_records(answers, ANSWER_COLUMNS, ANSWERS, ("raised", "on"))
        found += wrong + (unknown_indicators(records, known, ANSWERS) if known else [])
    return found


def _status(one: Indicator, readings: Sequence[IndicatorReading], day: date) -> IndicatorStatus:
    valued = [reading for reading in readings if reading.value is not None]
    missing = len(readings) - len(valued)
    if not valued:
        return IndicatorStatus(one.id, "grey", readings=len(readings), missing=missing)
    last = since = valued[-1]
    for reading in reversed(valued):
        if reading.state != last.state:
            break
        since = reading
    state = "grey" if due_until(one, last.on) < day else last.state
    age = (day - last.on).days
    return IndicatorStatus(one.id, state, last.state, since.known, last.value, last.on, age, len(readings), missing)


def _refuse_strays(answers: Answers, rows: dict[tuple[str, date], int], warnings: Sequence[IndicatorWarning]) -> None:
    """An answer to a warning that was never raised is an error of the table."""
    raised = {(id_key(one.indicator), one.raised) for one in warnings}
    found = [
        Finding("indicator.answer_stray", ANSWERS, "raised", (rows[key],), key[1].isoformat(), {"indicator": key[0]})
        for key in sorted(answers)
        if key not in raised
    ]
    if found:
        raise InvalidInput(found, "indicators")
