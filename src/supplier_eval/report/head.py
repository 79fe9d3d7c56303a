"""The head of a report: the tender, the policy and its rules, with both fingerprints, as pairs of label and text.

Clauses of the policy (§3.2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, with_clause
from supplier_eval.report.formats import day, moment, money, names, plain, short, zone_of
from supplier_eval.report.outcome import key_label
from supplier_eval.report.titles import formula_title
from supplier_eval.report.words import words
from supplier_eval.score.price import PRICE_FORMULAS

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.policy.document import Policy
    from supplier_eval.policy.tree import CriteriaTree

Pair = tuple[str, str]


def tender_facts(evaluation: Evaluation, lang: Lang) -> list[Pair]:
    """What was published, label by label; what is not stated is left out."""
    say, notice = words(lang), evaluation.tender.notice
    zone = zone_of(notice.timezone, notice.deadline, notice.opened, notice.published)
    bids, lots = len(evaluation.tender.bids), len(evaluation.lots)
    minor = evaluation.tender.policy.minor_units
    currency = notice.currency or evaluation.tender.policy.currency
    value = f"{currency} {money(notice.estimated_value, minor)}" if notice.estimated_value is not None else ""
    pairs = [
        ("id", plain(notice.id)),
        ("buyer", plain(notice.buyer.say(lang))),
        ("category", plain(notice.category)),
        ("published", moment(notice.published, lang, zone) if notice.published else ""),
        ("deadline", moment(notice.deadline, lang, zone) if notice.deadline else ""),
        ("opened", moment(notice.opened, lang, zone) if notice.opened else ""),
        ("locked", moment(notice.technical_locked, lang, zone) if notice.technical_locked else ""),
        ("value", value),
        ("term", say["head.months"].format(n=notice.term_months) if notice.term_months else ""),
        ("bids", say["head.bids_in_lots"].format(bids=bids, lots=lots)),
        ("evaluators", str(len(evaluation.tender.evaluators)) if evaluation.tender.evaluators else ""),
        ("tender_print", evaluation.tender.fingerprint),
    ]
    return [(say[f"head.{key}"], text) for key, text in pairs if text]


def policy_facts(evaluation: Evaluation, lang: Lang) -> list[Pair]:
    """What was decided before: name, regime, adoption, the rules, the fingerprint used and the one published."""
    say, policy, notice = words(lang), evaluation.tender.policy, evaluation.tender.notice
    regime = policy.rules_of_regime
    adopted = say["head.nobody"]
    if policy.adoption is not None:
        adopted = say["head.adopted_by"].format(by=plain(policy.adoption.by), on=day(policy.adoption.on, lang))
    published = notice.policy_fingerprint or say["head.not_published"]
    if notice.policy_fingerprint:
        same = notice.policy_fingerprint == policy.fingerprint
        published = with_clause(published, say["head.same" if same else "head.different"], lang)
    stop, comma = ("；", "，") if lang == "zh" else ("; ", ", ")
    version = comma.join((plain(policy.name), plain(policy.version)))
    pairs = [
        ("policy", with_clause(plain(policy.title.say(lang) or policy.name), version, lang)),
        (
            "regime",
            with_clause(
                plain(regime.title.say(lang)), stop.join((policy.regime, say[f"verified.{regime.reading}"])), lang
            ),
        ),
        ("adopted", adopted),
        *_rules(policy, evaluation.tender.tree, lang),
        ("policy_print", policy.fingerprint),
        ("published_print", plain(published)),
    ]
    return [(say[f"head.{key}"], text) for key, text in pairs if text]


def _rules(policy: Policy, tree: CriteriaTree, lang: Lang) -> list[Pair]:
    say, rounding, panel = words(lang), policy.rounding, policy.panel
    stages = (("mark", rounding.mark), ("criterion", rounding.criterion), ("total", rounding.total))
    rounded = [say[f"head.rounded_{name}"].format(n=places) for name, places in stages if places is not None]
    keys = [key_label(tree, key, lang) for key in policy.ties.keys]
    return [
        ("envelopes", say[f"head.envelopes_{policy.procedure.envelopes}"]),
        ("minimum", str(policy.procedure.minimum_valid_bids)),
        ("aggregation", say[f"aggregation.{panel.aggregation}"].format(trim=panel.trim)),
        ("formulas", _formulas(tree, lang)),
        ("tax", say[f"tax.{policy.price.tax_basis}"]),
        ("rounding", names(rounded, lang) if rounded else say["head.unrounded"]),
        ("ties", names(keys, lang) if keys else say["head.no_keys"]),
    ]


def _formulas(tree: CriteriaTree, lang: Lang) -> str:
    """Each price formula that is used, with what it computes and its parameters, once."""
    said: dict[str, None] = {}
    for leaf in tree.leaves:
        if leaf.price is not None:
            formula = PRICE_FORMULAS[leaf.price.formula]
            stated = ", ".join(f"{name} = {short(value)}" for name, value in sorted(leaf.price.parameters.items()))
            title = with_clause(formula_title(formula.name, lang), formula.name, lang) + (
                "：" if lang == "zh" else ": "
            )
            said[title + formula.formula + (f"; {stated}" if stated else "")] = None
    return "\n".join(said)
