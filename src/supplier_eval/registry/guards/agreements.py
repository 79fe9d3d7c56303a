"""Whether somebody may be shown information of a class on a day: one answer for all who ask (§8.2.2).

No tender document above public, no panel seat and no contract without a valid agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.lifecycle import Reader
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules


def needs_agreement(data_class: str, rules: HouseRules) -> bool:
    """Whether information of this class asks for an agreement: every class above public; an unknown one does."""
    return rules.rank(data_class) > 0


def valid_agreement(
    reader: Reader, party_kind: str, party: str, data_class: str, day: date, rules: HouseRules
) -> Stored | None:
    """The signed agreement that covers a party for a class of information on a day; None where there is none.

    Parameters
    ----------
    reader : Reader
        The store.
    party_kind : {"supplier", "employee", "evaluator"}
        What the party is.
    party : str
        Id of the supplier or person, however spelled.
    data_class : str
        Class of the information (§8.1.2).
    day : date
        The day on which it is to be shown.
    rules : HouseRules
        The ranks of the classes.

    Returns
    -------
    Stored or None
        Of several the one that runs longest. An agreement whose class the rules do not know covers nothing, and
        nothing covers a class that they do not know.
    """
    if rules.data_class(data_class) is None:
        return None
    found = reader.where("agreement", states=("signed",), party_kind=party_kind, party=party)
    return _longest(found, data_class, day, rules) or _longest(
        _spelled_otherwise(reader, party_kind, party), data_class, day, rules
    )


def _longest(found: Iterable[Stored], data_class: str, day: date, rules: HouseRules) -> Stored | None:
    """Of the agreements that cover the class on the day the one that runs longest; by id where two do."""
    covering = [
        known
        for known in found
        if rules.data_class(known.data_class) is not None
        and rules.rank(known.data_class) >= rules.rank(data_class)
        and _runs(known, day)
    ]
    return max(covering, key=lambda known: (known.valid_until, known.id), default=None)


def _spelled_otherwise(reader: Reader, party_kind: str, party: str) -> Iterator[Stored]:
    """Agreements of the same party under another spelling (convention §12); looked for only where no other covers."""
    key = id_key(party)
    for known in reader.where("agreement", states=("signed",), party_kind=party_kind):
        if id_key(known.party) == key:
            yield known


def _runs(agreement: Stored, day: date) -> bool:
    """Whether the day lies in the agreement's period, both ends included; one without a period covers nothing."""
    if agreement.valid_from is None or agreement.valid_until is None:
        return False
    return bool(agreement.valid_from <= day <= agreement.valid_until)


__all__ = ["needs_agreement", "valid_agreement"]
