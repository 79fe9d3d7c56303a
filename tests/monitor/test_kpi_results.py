"""Results: every name that does not exist is said, and nobody changes a result from outside."""

from __future__ import annotations

import pytest

from service_tables import at, kpi, measured, records, ticket
from supplier_eval.errors import UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor.kpi_results import COLUMNS, STATUSES, KpiResults
from supplier_eval.monitor.period import Period


@pytest.fixture(scope="module")
def result() -> KpiResults:
    rows = records(tickets=[ticket("1", at("03-02"), at("03-02", 12)), ticket("2", at("03-02"), supplier="B")])
    return measured(rows, [kpi(), kpi(id="mean", statistic="mean", target=4)], Period.months("2026-03", "2026-04"))


def test_the_frame_has_its_columns_and_every_combination_once(result):
    frame = result.to_frame()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(COLUMNS)
    assert len(frame) == 2 * 2 * 2 and not frame[["period", "supplier", "kpi"]].duplicated().any()
    assert set(frame["status"]) <= set(STATUSES)
    assert frame["period"].tolist() == ["2026-03"] * 4 + ["2026-04"] * 4


def test_a_frame_given_away_does_not_change_the_result(result):
    given = result.to_frame()
    given.loc[:, "value"] = 0.5
    assert result.row("A", "k", "2026-03")["value"] == 1.0


@pytest.mark.parametrize("asked", [("C", "k"), ("A", "x"), ("A", "k", "2026-05")])
def test_names_that_do_not_exist_are_said(result, asked):
    with pytest.raises(UnknownName):
        result.row(*asked)
    with pytest.raises(UnknownName):
        result.explain(*asked)


def test_it_says_what_it_is(result):
    assert repr(result) == "KpiResults(2 KPIs, 2 suppliers, 2026-03 to 2026-04)"
    assert result.standing == "exploratory" and result.policy_fingerprint.startswith("sha256:")
    assert result.reason_words("only_open", "zh") == "全部尚未结束" and result.reason_words("") == ""


def test_a_language_that_does_not_exist_is_said(result):
    for ask in (lambda: result.explain("A", "k", lang="fr"), lambda: result.reason_words("only_open", "fr")):
        with pytest.raises(UnknownLanguageError, match="language"):
            ask()
