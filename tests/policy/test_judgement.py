from __future__ import annotations

import numpy as np
import pytest

import supplier_eval as se
from supplier_eval.errors import UnknownName
from supplier_eval.policy import CriteriaTree, Criterion, Policy, questions


def tree():
    def leaf(name, zh, unit, floor, target):
        value = {"kind": "linear", "floor": floor, "target": target}
        direction = "min" if floor > target else "max"
        return Criterion.model_validate(
            {
                "id": name.split()[0],
                "name": {"en": name, "zh": zh},
                "weight": 1,
                "source": "facts",
                "unit": unit,
                "maximum": 500,
                "value": value,
                "direction": direction,
            }
        )

    return CriteriaTree(
        (
            leaf("response time", "响应时间", "min", 240, 15),
            leaf("service years", "服务年限", "years", 0, 10),
            leaf("uptime", "可用率", "%", 99, 99.9),
        )
    )


def test_a_pair_is_asked_about_with_both_ranges_and_units():
    asked = questions(tree())
    assert asked.sentences[0] == (
        "Which improvement is worth more, and how many times as much (1 to 9): "
        "response time from 240 min to 15 min, or service years from 0 years to 10 years?"
    )
    assert len(asked) == 3
    chinese = questions(tree(), lang="zh").sentences[0]
    assert "响应时间由 240 min 改善到 15 min" in chinese and "服务年限由 0 years 改善到 10 years" in chinese


def test_the_sheet_of_questions_comes_back_as_judgements():
    sheet = questions(tree()).to_frame()
    assert list(sheet.columns) == ["first", "second", "question", "answer"]
    assert sheet["answer"].isna().all()
    sheet["answer"] = [4.0, 2.0, 0.5]
    answered = {(row.first, row.second): row.answer for row in sheet.itertuples()}
    assert se.policy.ahp(answered).values == pytest.approx(np.array([4, 1, 2]) / 7)


def test_best_and_worst_are_found_first_and_then_compared():
    first = questions(tree(), "best_worst")
    assert len(first) == 2 and all("240 min" in s and "99.9%" in s for s in first.sentences)
    then = questions(tree(), "best_worst", ends=("response", "service"))
    assert [row[:2] for row in then.rows] == [("response", "service"), ("response", "uptime"), ("uptime", "service")]
    assert len(then) == 2 * 3 - 3


@pytest.mark.parametrize(("method", "many"), [("swing", 4), ("smart", 4), ("rank_sum", 1), ("group_ahp", 3)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_method_asks_about_ranges(method, many, lang):
    asked = questions(tree(), method, lang=lang)
    assert len(asked) == many
    assert all("240 min" in s or "10 years" in s or "99.9%" in s or "99.9 %" in s for s in asked.sentences)
    assert "240 min" in asked.explain(lang)
    assert "bare names" in asked.explain("en") and "而不是名称" in asked.explain("zh")


def test_every_node_of_the_companys_policy_can_be_asked_about_in_both_languages():
    policy = Policy.default()
    for category in policy.categories:
        nodes = ["", *(c.id for c in policy.tree(category).criteria if policy.tree(category).children(c.id))]
        for node in nodes:
            children = policy.tree(category).children(node)
            for lang in ("en", "zh"):
                asked = questions(policy, "ahp", node, lang, category=category)
                assert len(asked) == len(children) * (len(children) - 1) // 2
                assert all("{" not in s for s in asked.sentences)
                assert asked.policy_fingerprint == policy.fingerprint


def test_a_stated_range_replaces_that_of_the_scale():
    asked = questions(tree(), ranges={"response": ("four hours", "one hour")})
    assert "response time from four hours to one hour" in asked.sentences[0]


def test_an_only_child_is_not_asked_about():
    lone = CriteriaTree(tree().criteria[:1])
    assert len(questions(lone)) == 0
    assert repr(questions(lone)) == "Questions(ahp: 0 questions, en)"


def test_names_that_do_not_exist_are_answered():
    for call in (
        lambda: questions(tree(), "ahpp"),
        lambda: questions(tree(), node="response"),
        lambda: questions(tree(), ranges={"respons": (1, 2)}),
        lambda: questions(tree(), "best_worst", ends=("response", "gone")),
        lambda: questions(Policy.default(), category="XXO"),
        lambda: questions(Policy.default()),
    ):
        with pytest.raises(UnknownName):
            call()
