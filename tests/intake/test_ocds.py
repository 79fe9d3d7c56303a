"""An OCDS release, from the file to a ranking or to findings; never to a traceback."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import supplier_eval as se
from intake.made_releases import BESIDE, FIXTURES, PACKAGE, checked, price_only, release, small, write
from supplier_eval.intake.ocds import read_ocds
from supplier_eval.procedure import check_tender

RECORD = {"ocid": "o", "compiledRelease": release(), "releases": [{"url": "https://example.org/1"}]}


def totals(path: Path, policy: se.Policy | None = None) -> dict[str, float]:
    evaluation = se.evaluate(se.read_tender(path, policy))
    return {bid: r.ranking.total_of(bid) for r in evaluation.lots.values() for bid in r.ranking.order}


@pytest.fixture(scope="module")
def payroll():
    return se.evaluate(se.read_tender(FIXTURES / "payroll.json"))


def test_a_release_is_evaluated_lot_by_lot(payroll):
    """0.4·(10 × references) + 0.6·100·lowest/price: north 20 + 60 against 40 + 48, south 10 + 60."""
    north, south = payroll.lots["NORTH"].ranking, payroll.lots["SOUTH"].ranking
    assert north.order == ("N-BETA", "N-ALPHA")
    assert north.total_of("N-BETA") == pytest.approx(88.0)
    assert north.total_of("N-ALPHA") == pytest.approx(80.0)
    assert south.total_of("S-JOINT") == pytest.approx(70.0)


def test_with_the_policy_and_its_fingerprint_beside_it_the_result_binds(payroll):
    assert payroll.standing == "binding"
    assert str(payroll.tender.notice.lot("NORTH").ceiling) == "310000"


def test_a_bid_that_the_buyer_disqualified_is_out_and_its_price_moves_nobody(payroll):
    (reason,) = payroll.lots["NORTH"].qualification.reasons["N-GAMMA"]
    assert reason.code == "qualify.ruled_out"
    assert "Example Holding, purchasing" in reason.say()
    assert "disqualified" in reason.say()


def test_late_and_failed_bids_keep_their_reasons(payroll):
    codes = [r.code for r in payroll.lots["SOUTH"].qualification.reasons["S-DELTA-2"]]
    assert codes == ["qualify.late", "qualify.gate.yes", "qualify.gate.valid_until"]


def test_invited_and_replaced_bids_are_left_out_with_a_warning(payroll):
    assert {"S-EPSILON-0", "S-DELTA-1"}.isdisjoint(payroll.tender.bids.index)
    assert {f.code: f.rows for f in payroll.tender.warnings if f.code.startswith("ocds.")} == {
        "ocds.bids.replaced": (5,),
        "ocds.bids.invited": (7,),
    }


def test_small_businesses_are_told_by_the_parties(payroll):
    flags = payroll.tender.bids["small_business"]
    assert flags[flags].index.tolist() == ["N-BETA", "N-GAMMA", "S-JOINT"]


def test_without_any_file_beside_it_a_policy_given_is_used_and_explores(tmp_path):
    evaluation = se.evaluate(se.read_tender(write(tmp_path, small(), beside=()), price_only()))
    assert evaluation.ranking.order == ("B2", "B1")
    assert evaluation.ranking.total_of("B1") == pytest.approx(80.0)
    assert evaluation.standing == "exploratory"


def test_without_a_policy_the_default_profile_asks_for_what_it_needs(tmp_path):
    codes = {f.code for f in check_tender(write(tmp_path, small(), beside=()))}
    assert "tender.category.missing" in codes


def test_a_policy_with_judged_criteria_takes_its_marks_from_the_files_beside(tmp_path):
    policy = se.Policy.load(FIXTURES / "payroll.policy.toml")
    judged = {
        "id": "concept",
        "name": "concept",
        "weight": 40,
        "source": "marks",
        "anchors": [{"mark": 0, "words": "absent"}, {"mark": 100, "words": "excellent"}],
    }
    price = next(c for c in policy.to_mapping()["criteria"] if c["id"] == "price")
    policy = policy.replace(criteria=[judged, price], gates=[])
    path = write(tmp_path, small(), beside=())
    missing = {f.code for f in check_tender(path, policy)}
    assert {"marks.missing_table", "evaluators.missing_table"} <= missing
    marks = "bid,criterion,evaluator,mark\nB1,concept,E1,100\nB2,concept,E1,50\n"
    (tmp_path / "payroll.marks.csv").write_text(marks, encoding="utf-8")
    (tmp_path / "payroll.evaluators.csv").write_text("evaluator,name\nE1,One\n", encoding="utf-8")
    assert totals(path, policy) == pytest.approx({"B1": 88.0, "B2": 80.0})


def test_rulings_beside_the_file_join_those_of_the_release(tmp_path):
    path = write(tmp_path, release())
    text = "bid,case,ruling,by,on,reason\nN-ALPHA,qualification.review,exclude,the panel,2026-06-01,false statement\n"
    (tmp_path / "payroll.rulings.csv").write_text(text, encoding="utf-8")
    evaluation = se.evaluate(se.read_tender(path))
    assert set(evaluation.lots["NORTH"].qualification.reasons) == {"N-ALPHA", "N-GAMMA"}


@pytest.mark.parametrize(
    "document",
    [
        release(),
        {"releases": [release()]},
        RECORD,
        {"records": [RECORD]},
        {"records": [{"releases": [release()]}]},
    ],
    ids=["release", "package", "record", "record package", "record of one release"],
)
def test_every_wrapping_of_one_release_gives_the_same_ranking(tmp_path, document):
    expected = {"N-BETA": 88.0, "N-ALPHA": 80.0, "S-JOINT": 70.0}
    assert totals(write(tmp_path, document)) == pytest.approx(expected)


def test_the_order_of_bids_and_parties_changes_neither_result_nor_fingerprint(tmp_path):
    turned = release()
    turned["bids"]["details"].reverse()
    turned["parties"].reverse()
    one, other = (se.read_tender(p) for p in (FIXTURES / "payroll.json", write(tmp_path, turned)))
    assert one.fingerprint == other.fingerprint
    assert totals(tmp_path / "payroll.json") == totals(FIXTURES / "payroll.json")


def test_a_changed_price_changes_the_fingerprint(tmp_path):
    changed = release(value={"amount": 240001, "currency": "EUR"})
    assert se.read_tender(write(tmp_path, changed)).fingerprint != se.read_tender(FIXTURES / "payroll.json").fingerprint


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (None, "ocds.not_a_release"),
        ([], "ocds.not_a_release"),
        ("release", "ocds.not_a_release"),
        ({}, "ocds.not_a_release"),
        ({"releases": []}, "ocds.not_one"),
        ({"releases": [release(), release()]}, "ocds.not_one"),
        ({"releases": {}}, "ocds.not_a_list"),
        ({"releases": ["x"]}, "ocds.not_an_object"),
        ({"records": [RECORD, RECORD]}, "ocds.not_one"),
        ({"records": [{"ocid": "o"}]}, "ocds.not_one"),
        ({"compiledRelease": []}, "ocds.not_an_object"),
        ({"ocid": "o"}, "ocds.bids.missing"),
        ({"ocid": "o", "bids": "none"}, "ocds.not_an_object"),
        ({"ocid": "o", "bids": {"details": {}}}, "ocds.not_a_list"),
        ({"ocid": "o", "bids": {"details": []}}, "bids.empty"),
    ],
)
def test_a_file_that_is_no_single_release_is_refused(tmp_path, document, code):
    assert code in checked(tmp_path, document)


@pytest.mark.parametrize(
    ("bid", "code"),
    [
        ({"id": None}, "bids.bid.blank"),
        ({"id": "B2"}, "bids.bid.duplicate"),
        ({"id": "b2"}, "bids.bid.duplicate"),
        ({"id": [1]}, "ocds.not_an_id"),
        ({"tenderers": []}, "bids.name.blank"),
        ({"tenderers": "S1"}, "ocds.not_a_list"),
        ({"tenderers": [{"id": "S2", "name": "Supplier 2"}]}, "bids.bidder.twice_in_lot"),
        ({"status": "approved"}, "ocds.bids.status_unknown"),
        ({"status": "disqualified"}, "ocds.date.needed"),
        ({"value": None}, "prices.bid.missing"),
        ({"value": 100}, "ocds.not_an_object"),
        ({"value": {"amount": 100, "currency": "USD"}}, "prices.amount.currency_sign"),
        ({"value": {"amount": 100}}, "prices.amount.currency_sign"),
        ({"value": {"amount": "100", "currency": "EUR"}}, "prices.amount.not_a_number"),
        ({"value": {"amount": "1.234", "currency": "EUR"}}, "prices.amount.not_a_number"),
        ({"value": {"amount": [100], "currency": "EUR"}}, "prices.amount.not_a_number"),
        ({"value": {"amount": -100, "currency": "EUR"}}, "prices.value.not_positive"),
        ({"value": {"amount": 0, "currency": "EUR"}}, "prices.value.not_positive"),
        ({"relatedLots": ["9"]}, "bids.lot.unknown"),
        ({"requirementResponses": [{"requirement": {"id": "iso"}, "value": 1}]}, "requirements.requirement.unknown"),
        ({"date": "2026-05-14"}, "bids.received.no_time"),
        ({"date": "14/05/2026 10:00"}, "bids.received.two_readings"),
    ],
)
def test_a_bid_that_is_wrong_is_refused_with_a_finding(tmp_path, bid, code):
    found = checked(tmp_path, small(**bid))
    assert code in found, list(found)
    assert found[code].severity == "error"


def test_mixed_currencies_are_refused_where_the_tender_names_none(tmp_path):
    mixed = checked(tmp_path, small(value={"amount": 100, "currency": "USD"}))
    assert mixed["prices.amount.currency_sign"].rows == (1,)


def test_a_currency_that_is_not_the_policys_is_refused(tmp_path):
    assert "tender.currency.differs" in checked(tmp_path, small(), price_only(currency="USD"))


def test_a_withdrawn_bid_without_another_one_keeps_its_row_and_its_reason(tmp_path):
    document = small(status="withdrawn") | {"date": "2026-06-01"}
    evaluation = se.evaluate(se.read_tender(write(tmp_path, document, beside=()), price_only()))
    assert evaluation.ranking.order == ("B2",)
    assert [r.code for r in evaluation.only_lot.qualification.reasons["B1"]] == ["qualify.ruled_out"]


def test_an_expression_of_interest_is_no_bid(tmp_path):
    found = checked(tmp_path, small(submissionType="expressionOfInterest"))
    assert found["ocds.bids.interest"].severity == "warning"


def test_the_price_of_a_bid_that_is_not_opened_is_not_judged(tmp_path):
    source = read_ocds(write(tmp_path, small(value={"amount": "?", "currency": "EUR"}), beside=()))
    tender = se.read_tender(write(tmp_path, small(), beside=()), price_only())
    assert source.prices is not None
    lines, findings = type(tender.envelope)(source.prices, tender.envelope.reading, ("B1", "B2")).open(("B2",))
    assert [line.bid for line in lines] == ["B2"]
    assert findings == []


def test_a_release_as_published_for_market_analysis_is_refused_for_what_it_lacks(tmp_path):
    """Bids without ids and names, as analyses of red flags use them, cannot be evaluated."""
    details = [
        {"status": "valid", "value": {"amount": a, "currency": "USD"}, "tenderers": [{"id": s}]}
        for a, s in [(1, "W"), (2, "L")]
    ]
    found = checked(tmp_path, {"ocid": "F", "bids": {"details": details}, "awards": [{"status": "active"}]})
    assert found["bids.bid.blank"].rows == (1, 2)
    assert found["bids.name.blank"].rows == (1, 2)


def test_text_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "broken.json"
    for text, code in [("{", "files.json.syntax"), ("", "files.empty"), ('{"a":1,"a":2}', "files.json.key_twice")]:
        path.write_text(text, encoding="utf-8")
        assert [f.code for f in check_tender(path)] == [code]


def places(document, path=()):
    """Every path in a document."""
    yield path
    if isinstance(document, dict):
        for key, below in document.items():
            yield from places(below, (*path, key))
    elif isinstance(document, list):
        for i, below in enumerate(document):
            yield from places(below, (*path, i))


def put(document, path, value):
    if not path:
        return value
    *way, last = path
    inner = document
    for step in way:
        inner = inner[step]
    inner[last] = value
    return document


PLACES = sorted(places(PACKAGE), key=str)
SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS |= st.text(max_size=12) | st.sampled_from(["EUR", "USD", "valid", "NORTH", "", "2026-05-15T12:00:00Z", "1.234"])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    write(folder, PACKAGE, BESIDE)
    return folder


@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=3))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_nonsense_anywhere_gives_findings_or_a_ranking_and_never_a_traceback(scratch, changes):
    document = copy.deepcopy(PACKAGE)
    for path, value in sorted(changes, key=lambda change: -len(change[0])):
        document = put(document, path, value)
    file = scratch / "payroll.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    findings = check_tender(file)
    for finding in findings:
        assert finding.line("en") and finding.line("zh")
    if not any(f.severity == "error" for f in findings):
        evaluation = se.evaluate(se.read_tender(file))
        assert json.dumps(evaluation.to_dict(), allow_nan=False)
