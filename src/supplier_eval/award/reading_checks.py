"""What can be judged only with all tables together: ids across tables, attributes asked for, rules against offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.reading_tables import Ids, nearest
from supplier_eval.award.rules import Rule
from supplier_eval.errors import Finding

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem

Rows = Mapping[str, Mapping[Any, int]]
AVERAGES = ("min_avg", "max_avg", "min_attr", "max_attr")
SPEND = ("max_spend_share", "min_spend_share")
MOST_NAMED = 8


def whole_findings(problem: AwardProblem, rows: Rows) -> Iterator[Finding]:
    """Findings about tables that do not fit each other.

    Parameters
    ----------
    problem : AwardProblem
        All parts that could be read.
    rows : mapping
        Table → id → row, for findings.
    """
    if not problem.lots:
        yield Finding("award.no_lots", "lots")
    known = Ids(problem.suppliers)
    for name, lot in problem.lots.items():
        if lot.incumbent and lot.incumbent not in problem.suppliers:
            facts = {"near": known.near(lot.incumbent)}
            row = _rows(rows, "lots", [name])
            yield Finding("award.unknown_supplier", "lots", "incumbent", row, lot.incumbent, facts)
    if "value" in problem.terms.goal.measures:
        curved = [key for key, bid in problem.bids.items() if bid.curve]
        if curved:
            said = "|".join(part for part in curved[0] if part)
            yield Finding("award.objective_curve", "bids", "curve", _rows(rows, "bids", curved), said)
    for rule in problem.rules.values():
        yield from _spend_share(problem, rule, rows)


def _spend_share(problem: AwardProblem, rule: Rule, rows: Rows) -> Iterator[Finding]:
    """A share of the spend of some lots, where a bundle has one price for these and others."""
    if rule.kind not in SPEND:
        return
    lots = set(problem.lots_of(rule))
    if len(lots) == len(problem.lots):
        return
    split = [name for name, bundle in problem.bundles.items() if not lots.isdisjoint(bundle.lots)]
    if split:
        facts = {"rule": rule.id, "bundles": _named(split)}
        column = "lots" if rule.lots else "where"
        yield Finding("award.rule_spend_bundles", "rules", column, _rows(rows, "rules", [rule.id]), rule.id, facts)


def attribute_findings(problem: AwardProblem, rows: Rows) -> Iterator[Finding]:
    """Findings about attributes that the objective, tie keys or rules ask for and offers do not have as numbers."""
    if not problem.lots or not (problem.bids or problem.bundles):
        return
    known = _attribute_names(problem)
    offers: tuple[Bid | Bundle, ...] = (*problem.bids.values(), *problem.bundles.values())
    for measure in problem.terms.goal.measures:
        if measure.startswith("attr:"):
            asked = (measure.removeprefix("attr:"), "terms", "objective", ())
            yield from _figures(problem, offers, asked, known, rows)
    for key in problem.terms.tie_keys:
        name = key.removeprefix("attr:")
        if key.startswith("attr:") and name not in known:
            facts = {"near": nearest(name, known), "known": _named(known)}
            yield Finding("award.attribute_unknown", "terms", "tie_keys", (), name, facts)
    for rule in problem.rules.values():
        row = _rows(rows, "rules", [rule.id])
        if rule.kind in AVERAGES and rule.attribute:
            suppliers, lots = set(problem.suppliers_of(rule)), set(problem.lots_of(rule))
            concerned = [offer for offer in offers if offer.supplier in suppliers and lots.intersection(_lots(offer))]
            yield from _figures(problem, concerned, (rule.attribute, "rules", "attribute", row), known, rows)
        yield from _matches(rule.group, tuple(problem.suppliers.values()), ("incumbent",), ("rules", "group", row))
        yield from _matches(rule.where, tuple(problem.lots.values()), ("region", "incumbent"), ("rules", "where", row))


def _lots(offer: Bid | Bundle) -> tuple[str, ...]:
    return (offer.lot,) if isinstance(offer, Bid) else offer.lots


def _figures(
    problem: AwardProblem,
    offers: Iterable[Bid | Bundle],
    asked: tuple[str, str, str, tuple[int, ...]],
    known: list[str],
    rows: Rows,
) -> Iterator[Finding]:
    """Offers that, with their supplier, do not have an attribute as a number."""
    name, table, column, row = asked
    if name not in known:
        facts = {"near": nearest(name, known), "known": _named(known)}
        yield Finding("award.attribute_unknown", table, column, row, name, facts)
        return
    usual = {key: supplier.attributes.get(name) for key, supplier in problem.suppliers.items()}
    lacking: dict[str, None] = {}
    texts: dict[str, object] = {}
    for offer in offers:
        found = offer.attributes[name] if name in offer.attributes else usual[offer.supplier]
        if found is None:
            lacking[offer.supplier] = None
        elif not isinstance(found, Fraction):
            texts.setdefault(offer.supplier, found)
    for code, whose in (("award.attribute_missing", sorted(lacking)), ("award.attribute_not_number", sorted(texts))):
        if whose:
            facts = {"suppliers": _named(whose), "example": str(texts.get(whose[0], "")), "asked": f"{table}.{column}"}
            yield Finding(code, "suppliers", name, _rows(rows, "suppliers", whose), name, facts)


def _matches(
    wanted: Mapping[str, object],
    parts: Sequence[Lot | Supplier],
    own: tuple[str, ...],
    place: tuple[str, str, tuple[int, ...]],
) -> Iterator[Finding]:
    """Attributes that a rule matches and nobody has, or that nobody has in the kind that is asked for."""
    table, column, row = place
    for name, value in wanted.items():
        values = [getattr(part, name) for part in parts] if name in own else _having(parts, name)
        if not values:
            known = sorted({*own, *(other for part in parts for other in part.attributes)})
            facts = {"near": nearest(name, known), "known": _named(known)}
            yield Finding("award.attribute_unknown", table, f"{column}.{name}", row, name, facts)
        elif not any(isinstance(other, type(value)) for other in values):
            facts = {"name": name, "example": _shown(values[0])}
            yield Finding("award.attribute_kind", table, f"{column}.{name}", row, _shown(value), facts)
        elif isinstance(value, str) and value not in values:
            texts = sorted({other for other in values if isinstance(other, str) and other})
            facts = {"name": name, "near": nearest(value, texts), "known": _named(texts)}
            yield Finding("award.attribute_value", table, f"{column}.{name}", row, value, facts)


def _having(parts: Iterable[Lot | Supplier], name: str) -> list[object]:
    return [part.attributes[name] for part in parts if name in part.attributes]


def _attribute_names(problem: AwardProblem) -> list[str]:
    """Attributes that an offer or a supplier has."""
    parts: tuple[Supplier | Bid | Bundle, ...] = (
        *problem.suppliers.values(),
        *problem.bids.values(),
        *problem.bundles.values(),
    )
    return sorted({name for part in parts for name in part.attributes})


def _rows(rows: Rows, table: str, ids: Iterable[Any]) -> tuple[int, ...]:
    own = rows.get(table, {})
    return tuple(sorted(own[name] for name in ids if name in own))


def _named(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    every = list(names)
    return ", ".join(every[:MOST_NAMED]) + (f" +{len(every) - MOST_NAMED}" if len(every) > MOST_NAMED else "")


def _shown(value: object) -> str:
    """A value as people write it: ``true``, ``12.5``, a text as it is."""
    if isinstance(value, Fraction):
        return f"{float(value):.12g}"
    return str(value).lower() if isinstance(value, bool) else str(value)
