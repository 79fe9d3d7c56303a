"""What is asked, in full or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from service_tables import ALWAYS, OFFICE, kpi, records, ticket
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.kpi_asked import asked_clocks, asked_findings, asked_knowledge, asked_kpis
from supplier_eval.monitor.period import Period


def test_definitions_come_in_the_order_of_their_ids():
    assert [one.id for one in asked_kpis(iter([kpi(id="b"), kpi(id="A")]))] == ["A", "b"]
    assert asked_kpis(kpi()) == (kpi(),)
    with pytest.raises(InvalidInput):
        asked_kpis([kpi(), "accuracy"])


def test_one_clock_has_its_name_and_none():
    assert asked_clocks(OFFICE) == {"": OFFICE, "office": OFFICE}
    assert asked_clocks({"desk": OFFICE}) == {"": OFFICE, "desk": OFFICE}
    assert asked_clocks({"desk": OFFICE, "app": ALWAYS}) == {"desk": OFFICE, "app": ALWAYS}


def test_without_a_moment_of_knowledge_it_is_the_end_of_the_last_period():
    months = Period.months("2026-01", "2026-03")
    assert asked_knowledge(None, months, "UTC") == datetime(2026, 4, 1, tzinfo=UTC)
    later = datetime(2026, 6, 1, tzinfo=UTC)
    assert asked_knowledge(later, months, "UTC") == later
    with pytest.raises(InvalidInput) as caught:
        asked_knowledge(datetime(2026, 3, 1, tzinfo=UTC), months, "UTC")
    assert caught.value.findings[0].value == "2026-03"


def test_several_clocks_without_a_nameless_one_ask_every_kpi_for_its_calendar():
    rows = records(tickets=[ticket("1", "2026-03-02T09:00+08:00")])
    found = asked_findings(rows, (kpi(),), {"desk": OFFICE, "app": ALWAYS})
    assert [f.code for f in found] == ["kpis.calendar_unknown"]
    assert not asked_findings(rows, (kpi(calendar="app"),), {"desk": OFFICE, "app": ALWAYS})


def test_a_moment_of_knowledge_that_is_missing_is_refused():
    with pytest.raises(InvalidInput) as refused:
        asked_knowledge(pd.NaT, (Period.month("2026-03"),), "UTC")
    assert [f.code for f in refused.value.findings] == ["kpis.as_of"]
