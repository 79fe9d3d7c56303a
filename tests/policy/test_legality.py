from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy, profile_names
from supplier_eval.policy.legality import TESTS, known_kinds, legality_findings
from supplier_eval.policy.regimes import Check, Regime

NAMES = profile_names()
A47 = "第四十七条 (Article 47)"
A55 = "第五十五条 (Article 55)"
A57 = "第五十七条 (Article 57)"


def broken(profile, **changes):
    """The rules of its regime that a profile breaks once it is changed: id → (article, figure found)."""
    try:
        findings = Policy.from_mapping({"base": profile, **changes}).check()
    except InvalidPolicy as refused:
        findings = refused.findings
    assert all(f.line("en") and f.line("zh") for f in findings)
    return {f.column: (f.facts["article"], f.value) for f in findings if f.code == "policy.regime.broken"}


def criteria(**changes):
    """Changes of single criteria of the company's default."""
    return {"changes": changes}


@pytest.mark.parametrize("name", NAMES)
def test_every_profile_passes_the_checks_of_its_own_regime(name):
    assert legality_findings(Policy.profile(name)) == []
    assert len(Regime.named(name).checks) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_check_names_a_known_test_an_article_and_both_languages(name):
    checks = Regime.named(name).checks
    assert len({check.id for check in checks}) == len(checks)
    for check in checks:
        assert check.kind in set(known_kinds()), check.id
        assert check.article.strip() and check.words.en.strip() and check.words.zh.strip()
        TESTS[check.kind](Policy.profile(name), check)  # states what its kind needs


# One policy that breaks each rule: profile, change, id of the check, article named, figure found.
BREAKS = [
    ("cn-order-87", {"weights": {"price": 8, "quality": 47}}, "price_weight", A55, "8 %"),
    (
        "cn-order-87",
        {"weights": {"price": "9.999", "quality": "45.001"}},
        "price_weight",
        A55,
        "9.999 %",
    ),
    (
        "cn-order-87",
        criteria(price={"price": {"formula": "trimmed_mean_benchmark", "parameters": {"e1": 1, "e2": 1}}}),
        "price_formula",
        A55,
        "trimmed_mean_benchmark",
    ),
    (
        "cn-order-87",
        criteria(certificates={"name": {"zh": "具有良好的商业信誉和　健全的财务会计制度。"}}),
        "gate_not_scored",
        A55,
        "certificates",
    ),
    (
        "cn-order-87",
        criteria(certificates={"name": {"en": "NO serious violation, in business, within three years"}}),
        "gate_not_scored",
        A55,
        "certificates",
    ),
    ("cn-order-87", criteria(team={"anchors": []}), "rubrics_quantified", A55, "team"),
    (
        "cn-order-87",
        {"panel": {"aggregation": "trimmed_mean"}},
        "aggregation",
        A55,
        "trimmed_mean",
    ),
    (
        "cn-order-87",
        {"panel": {"independent": False}},
        "independent",
        "第五十五条、第六十二条 (Articles 55, 62)",
        "independent = false",
    ),
    ("cn-order-87", {"panel": {"minimum_members": 4}}, "panel", A47, "4"),
    ("cn-order-87", {"panel": {"odd": False}}, "panel_odd", A47, "odd = false"),
    ("cn-order-87", {"panel": {"minimum_members_major": 5}}, "panel_major", A47, "5"),
    ("cn-order-87", {"panel": {"expert_share": "0.5"}}, "experts", A47, "0.5"),
    (
        "cn-order-87",
        {"gates": [{"id": "g", "name": "G", "kind": "yes"}]},
        "qualification_review",
        "第四十四条 (Article 44)",
        "g",
    ),
    (
        "cn-order-87",
        {"procedure": {"minimum_valid_bids": 2}},
        "valid_bids",
        "第四十三条、第四十四条 (Articles 43, 44)",
        "2",
    ),
    ("cn-order-87", {"ties": {"keys": []}}, "ties", A57, "none"),
    (
        "cn-order-87",
        {"ties": {"keys": ["lower_price", "higher:quality"]}},
        "ties",
        A57,
        "lower_price, higher:quality",
    ),
    ("cn-order-87", {"disclosure": {"winner_price": False}}, "told", "第六十九条 (Article 69)", "winner_price = false"),
    (
        "cn-order-87",
        {"disclosure": {"other_totals": True}},
        "kept_back",
        "第六十六条 (Article 66)",
        "other_totals = true",
    ),
    ("cn-bidding-law", {"award": {"candidates": 4}}, "candidates", "实施条例第五十三条", "4"),
    ("cn-bidding-law", {"disclosure": {"standstill_days": 2}}, "publication", "实施条例第五十四条", "2"),
    (
        "world-bank-qcbs",
        {"procedure": {"envelopes": 1}},
        "two_envelopes",
        "SPD RFP Consulting Services, ITC 19-23",
        "envelopes = 1",
    ),
    (
        "world-bank-qcbs",
        {"floors": []},
        "pass_mark",
        "SPD RFP Consulting Services, data sheet 21.1",
        "no floor on the technical criteria ITO",
    ),
    (
        "it-oepv-bilinear",
        {"procedure": {"technical": {"rescale_to_best": False}}},
        "rescaled",
        "Gara 18/2017 art. 19.3.4",
        "rescale_to_best = false",
    ),
    ("lpta", {"categories": ["BPO", "KPO"]}, "not_for_knowledge", "FAR 15.101-2(d)(1)", "KPO"),
]


@pytest.mark.parametrize(("profile", "change", "check", "article", "figure"), BREAKS)
def test_a_policy_that_breaks_a_rule_is_told_the_article_and_the_figure(profile, change, check, article, figure):
    assert broken(profile, **change) == {check: (article, figure)}


def test_a_price_weight_of_8_per_cent_for_services_is_refused_under_order_87():
    with pytest.raises(InvalidPolicy, match=r"第五十五条 \(Article 55\) of cn-order-87 is broken \(8 %\)") as refused:
        Policy.from_mapping({"base": "cn-order-87", "weights": {"price": 8, "quality": 47}})
    assert "不得低于10%" in refused.value.report("zh")
    assert (
        Policy.from_mapping({"base": "cn-order-87", "weights": {"price": 10, "quality": 45}}).weights("ITO")["price"]
        == 0.1
    )


def test_a_qualification_item_that_is_scored_again_is_refused_under_order_87():
    again = {
        "id": "no_serious_violation",
        "parent": "emergency",
        "name": "Clean record",
        "weight": 0,
        "source": "facts",
        "value": {"kind": "yes_no"},
    }
    whole = Policy.profile("cn-order-87").to_mapping()
    with pytest.raises(InvalidPolicy, match="a qualification condition may not be an evaluation factor"):
        Policy.from_mapping({**whole, "criteria": [*whole["criteria"], again]})


def test_an_item_that_only_resembles_a_gate_may_be_scored():
    beyond = {"en": "Service history without any violation, ten years", "zh": "十年无违规服务记录"}
    assert broken("cn-order-87", **criteria(certificates={"name": beyond})) == {}


def test_a_broken_rule_says_with_which_lines_it_is_mended():
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping(
            {
                "name": "p",
                "currency": "CNY",
                "criteria": [{"id": "quality", "name": "Q", "weight": 100, "source": "marks"}],
            }
        )
    said = str(refused.value)
    assert "`anchors`" in said
    assert "`[[price.abnormal]]`" in said


def test_what_a_source_only_advises_warns_and_refuses_nothing():
    policy = Policy.from_mapping({"base": "cn-order-87", "disclosure": {"other_totals": True}})
    severities = [f.severity for f in policy.check() if f.code == "policy.regime.broken"]
    assert severities == ["warning"]


def test_a_panel_of_six_experts_in_nine_meets_two_thirds():
    """The share is written 0.6666, so that exactly two thirds is not lost to a rounded decimal."""
    share = Policy.profile("cn-order-87").panel.expert_share
    assert 5 / 8 < float(share) <= 6 / 9
    assert all(float(share) > experts / n for n in range(5, 100) for experts in range(n) if 3 * experts < 2 * n)


def test_a_floor_below_the_technical_node_counts_as_its_threshold():
    change = {"floors": [{"criterion": "methodology", "minimum": 60}]}
    assert broken("world-bank-qcbs", **change) == {}


def test_every_kind_of_check_is_broken_by_some_policy_of_these_tests():
    from pathlib import Path

    kinds = {check.id: check.kind for name in NAMES for check in Regime.named(name).checks}
    text = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_legality*.py"))
    tested = {kind for check, kind in kinds.items() if f'"{check}"' in text}
    tested |= {kind for kind in TESTS if f'"{kind}"' in text}
    assert tested == set(TESTS)


def test_a_check_that_lacks_its_figure_is_a_mistake_of_the_profile():
    bare = Check(id="x", kind="panel_at_least", article="-", words={"en": "x", "zh": "x"})
    with pytest.raises(ValueError, match="check x states no value"):
        TESTS["panel_at_least"](Policy.default(), bare)
