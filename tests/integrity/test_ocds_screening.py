"""screen_releases against every published fixture and example, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.integrity.ocds_screening import screen_releases

FIXTURES = Path(__file__).parents[1] / "fixtures" / "ocds_red_flags"
CASES = sorted(path.stem for path in FIXTURES.glob("*.jsonl"))
EXAMPLES = {  # the outputs that the indicators' pages print
    "003": {"OCID": {"F": {"R003": 1.0}}},
    "018": {"OCID": {"F": {"R018": 1.0}}},
    "024": {"OCID": {"F": {"R024": 1.0}}, "Tenderer": {"W": {"R024": 0.0}, "L": {"R024": 0.0}}},
    "025": {"Tenderer": {"F": {"R025": 0.16666666666666666}}},
    "028": {"OCID": {"F": {"R028": 1.0}}, "Tenderer": {"D": {"R028": 1.0}, "V": {"R028": 1.0}}},
    "030": {"OCID": {"F": {"R030": 1.0}}, "Tenderer": {"W": {"R030": 1.0}}},
    "035": {"OCID": {"F": {"R035": 1.0}}, "Tenderer": {"V": {"R035": 0.0}}},
    "036": {"OCID": {"F": {"R036": 1.0}}},
    "038": {"Buyer": {"B": {"R038": 0.5}}},
    "048": {"Tenderer": {"F": {"R048": 2.0}}},
    "058": {"OCID": {"F": {"R058": 99.0}}, "Tenderer": {"W": {"R058": 0.0}}},
}


def asked(case):
    """Indicator and settings that the name of a fixture stands for."""
    indicator, *rest = case.replace("+", "|").split("-")
    own: dict[str, object] = {}
    if len(rest) == 2:
        own = {rest[0]: int(rest[1]) if rest[1].isdigit() else rest[1]}
    elif len(rest) > 2:
        own = {rest[0]: dict(zip(rest[1::2], map(int, rest[2::2]), strict=True))}
    everywhere = {
        "no_price_comparison_procurement_methods": "NPC",
        "exclusions": {"procurement_method_details": "EXC"},
    }
    return {"indicators": [indicator], "settings": {indicator: own, **everywhere}}


def lines(case):
    return [json.loads(line) for line in (FIXTURES / f"{case}.jsonl").read_text().splitlines()]


def test_every_indicator_has_a_fixture_and_an_example():
    assert len(CASES) == 15
    assert {f"R{number}" for number in EXAMPLES} == {case.split("-")[0] for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_cardinal_fixture(case):
    expected = json.loads((FIXTURES / f"{case}.expected").read_text())
    assert screen_releases(FIXTURES / f"{case}.jsonl", **asked(case)).to_dict() == expected


@pytest.mark.parametrize("number", EXAMPLES)
def test_cardinal_example(number):
    own = {"R048": {"minimum_contracting_processes": 1}} if number == "048" else None
    path = FIXTURES / "examples" / f"{number}.jsonl"
    assert screen_releases(path, indicators=[f"R{number}"], settings=own).to_dict() == EXAMPLES[number]


@settings(max_examples=40)
@given(st.sampled_from(CASES), st.integers(0, 10**6))
def test_the_order_of_releases_bids_and_awards_does_not_matter(case, seed):
    releases = lines(case)
    before = screen_releases(releases, **asked(case))
    random = Random(seed)
    random.shuffle(releases)
    for release in releases:
        for listed in (release.get("bids", {}).get("details", []), release.get("awards", [])):
            random.shuffle(listed)
    after = screen_releases(releases, **asked(case))
    assert (after.found, after.meta) == (before.found, before.meta)


def test_all_indicators_together_give_what_each_gives_alone():
    releases = lines("R024")
    together = screen_releases(releases).to_dict()
    alone: dict[str, dict[str, dict[str, float]]] = {}
    for indicator in ("R024", "R025", "R028", "R035", "R036", "R038", "R058"):
        for group, ids in screen_releases(releases, indicators=indicator).to_dict().items():
            for id_, found in ids.items():
                alone.setdefault(group, {}).setdefault(id_, {}).update(found)
    assert together == alone


def test_quartiles_and_fences_are_given():
    meta = screen_releases(FIXTURES / "examples" / "024.jsonl", indicators="R024").to_dict(meta=True)["Meta"]
    assert meta == {"R024": {"q1": 66.3333, "q3": 99.0, "lower_fence": 17.3333}}


BIDS = [("A", 1, "CNY"), ("B", 2, "CNY"), ("C", 3, "EUR"), ("D", 0, "CNY")]


def release(ocid="p", bids=BIDS, **more):
    details = [
        {"status": "valid", "tenderers": [{"id": who}], "value": {"amount": amount, "currency": currency}}
        for who, amount, currency in bids
    ]
    return {
        "ocid": ocid,
        "bids": {"details": details},
        "awards": [{"status": "active", "suppliers": [{"id": "A"}]}],
        **more,
    }


def test_amounts_that_are_left_out_are_said():
    found = screen_releases([release()])
    assert {finding.code for finding in found.warnings} == {"ocds_flags.amounts", "ocds_flags.currency"}
    assert found.currency == "CNY"


def test_the_main_currency_is_that_of_most_amounts_or_the_one_that_was_set():
    assert screen_releases([release()], settings={"currency": "EUR"}).currency == "EUR"
    assert screen_releases([release(bids=[("A", 1, "EUR"), ("B", 2, "CNY")])]).currency == "CNY"
    assert screen_releases([release(bids=[])]).currency == ""


def test_a_process_twice_is_refused():
    with pytest.raises(InvalidInput) as refused:
        screen_releases([release(), release()])
    assert [finding.code for finding in refused.value.findings] == ["ocds_flags.ocid_twice"]


def test_an_unknown_indicator_is_named():
    with pytest.raises(UnknownName, match="R024"):
        screen_releases([release()], indicators=["R0244"])


def test_the_releases_are_not_changed():
    given_releases = lines("R024")
    before = json.dumps(given_releases)
    screen_releases(given_releases)
    assert json.dumps(given_releases) == before
