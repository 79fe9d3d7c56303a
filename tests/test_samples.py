"""The samples give their published, or stated, results."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import supplier_eval as se

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
MUSEUMS = SAMPLES / "museum-services"


@pytest.fixture(scope="module")
def museums():
    return se.evaluate(se.read_tender(MUSEUMS))


def test_the_museum_tender_gives_the_published_totals(museums):
    """Comune di Venezia / FMCV, tender 18/2017, published score sheet: 79.222 and 88.084 (± 0.001)."""
    ranking = museums.ranking
    assert ranking.total_of("ATI CNS") == pytest.approx(79.222, abs=0.001)
    assert ranking.total_of("ATI OPERA") == pytest.approx(88.084, abs=0.001)
    assert ranking.order == ("ATI OPERA", "ATI CNS")
    assert museums.standing == "binding"


def test_the_museum_tender_gives_the_published_parts(museums):
    """Same sheet: technical 50.000 and 38.084 after rescaling, economic 29.222 and 50.000."""
    points = {bid: museums.ranking.criteria_points(bid) for bid in museums.ranking.order}
    assert points["ATI CNS"] == pytest.approx({"technical": 50.0, "price": 29.2222088}, abs=0.001)
    assert points["ATI OPERA"] == pytest.approx({"technical": 38.084, "price": 50.0}, abs=0.001)
    values = museums.only_lot.sheet
    published = [0.58557284299859, 0.59846, 0.5512389, 0.5412587413]
    computed = [values.value_of(f"price{i}", "ATI CNS") / 100 for i in range(1, 5)]
    assert computed == pytest.approx(published, abs=1e-5)


def test_the_third_bidder_falls_to_the_technical_threshold_and_its_price_stays_closed(museums):
    """27.1 raw points of 50, threshold 32 (rules, art. 19.3)."""
    (reason,) = museums.only_lot.qualification.reasons["ATI REAR"]
    assert reason.code == "qualify.floor"
    assert "27.1 of 50" in reason.say()
    assert "ATI REAR" not in museums.only_lot.sheet.prices.evaluated
    assert museums.ranking.rank_of("ATI REAR") == 0


def test_the_command_line_prints_one_json_document_and_nothing_else():
    command = [sys.executable, "-m", "supplier_eval.cli", "evaluate", str(MUSEUMS), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    document = json.loads(done.stdout)
    totals = {bid["name"]: bid["total"] for bid in document["lots"][0]["ranking"]}
    assert totals == pytest.approx({"ATI OPERA": 88.084, "ATI CNS": 79.222}, abs=0.001)
    assert [out["bid"] for out in document["lots"][0]["disqualified"]] == ["ATI REAR"]
    assert document["standing"] == "binding"
    assert document["policy"]["fingerprint"].startswith("sha256:")
