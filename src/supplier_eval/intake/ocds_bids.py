"""The bids of an OCDS release: who bids, what they state, and the raw tables that follow from it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from supplier_eval.intake.cell_values import Figure, Problem
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.json_walk import Node, cell, figure, is_identifier
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tables import TOTAL_ITEM
from supplier_eval.messages import Names

OUT = ("disqualified", "invalid", "withdrawn")
STATUSES = ("", "invited", "pending", "valid", *OUT)
SCALES = {
    "micro": "yes",
    "small": "yes",
    "medium": "yes",
    "sme": "yes",
    "selfemployed": "yes",
    "large": "no",
    "": "",
}
CASE = "qualification.status"
NO_CURRENCY = "XXX"  # ISO 4217: no currency is involved


@dataclass(frozen=True)
class Bid:
    """One entry of ``bids.details``.

    Parameters
    ----------
    node : Node
        Where it stands; its `row` is its place in the list.
    interest : bool
        Whether it only expresses interest.
    bidder, name : str
        Ids and names of the tenderers, joined where they bid together, in the order of their ids.
    small : str
        ``yes`` where every tenderer is a small business, ``no`` where one is not, empty where nobody says.
    received : str
        Moment, as written.
    amount : str
        The total as a cell; empty where there is none.
    """

    node: Node
    id: str
    status: str
    interest: bool
    bidder: str
    name: str
    small: str
    lot: str
    received: str
    currency: str
    amount: str


def read_bids(release: Node) -> list[Bid]:
    """Every entry of ``bids.details`` that is an object, in the order of the file."""
    parties = _parties(release)
    return [_bid(node, parties) for node in release.object("bids").objects("details")]


def _parties(release: Node) -> dict[str, tuple[str, str]]:
    """Key of a party → name, and whether it is a small business."""
    parties: dict[str, tuple[str, str]] = {}
    for party in release.objects("parties"):
        name = party.identifier("id")
        scale = party.object("details").text("scale")
        if scale.casefold() not in SCALES:
            party.object("details").note(
                "ocds.parties.scale_unknown", "scale", scale, known=Names(filter(None, SCALES))
            )
        if name and id_key(name) in parties:
            party.note("ocds.parties.twice", "id", name)
        parties.setdefault(id_key(name), (party.text("name"), SCALES.get(scale.casefold(), "")))
    return parties


def _bid(node: Node, parties: Mapping[str, tuple[str, str]]) -> Bid:
    status = node.text("status").casefold()
    if status not in STATUSES:
        node.note("ocds.bids.status_unknown", "status", status, known=Names(filter(None, STATUSES)))
    tenderers = sorted(((t.identifier("id"), t.text("name")) for t in node.objects("tenderers")), key=_by_id)
    known = [parties.get(id_key(name), ("", "")) for name, _ in tenderers]
    names = [own or listed for (_, own), (listed, _) in zip(tenderers, known, strict=True)]
    scales = {small for _, small in known}
    value = node.object("value")
    return Bid(
        node=node,
        id=node.identifier("id"),
        status=status,
        interest=node.text("submissionType") == "expressionOfInterest",
        bidder="+".join(name for name, _ in tenderers if name),
        name=" + ".join(filter(None, names)) if all(names) else "",
        small="no" if "no" in scales else ("" if "" in scales or not scales else "yes"),
        lot=_lot(node),
        received=node.text("date"),
        currency=value.text("currency"),
        amount=_amount(value.value.get("amount")),
    )


def _by_id(tenderer: tuple[str, str]) -> tuple[str, ...]:
    return (id_key(tenderer[0]), *tenderer)


def _lot(node: Node) -> str:
    """The lot of a bid; a bid for several lots at one price cannot be told apart."""
    lots = []
    for lot in node.entries("relatedLots"):
        if is_identifier(lot):
            lots.append(str(lot))
        else:
            node.note("ocds.not_an_id", "relatedLots", lot)
    if len({id_key(lot) for lot in lots}) > 1:
        node.note("ocds.bids.several_lots", "relatedLots", ", ".join(lots))
    return lots[0] if lots else ""


def _amount(amount: object) -> str:
    """The total as a cell; a text stays in its quotes, since the standard asks for a number."""
    if amount is None:
        return ""
    if isinstance(amount, int | Decimal) and not isinstance(amount, bool):
        return figure(amount)
    return json.dumps(amount, default=str, ensure_ascii=False)


def bid_table(bids: Sequence[Bid], source: str) -> RawTable:
    """The table ``bids``; without the column ``received`` where no bid has a date."""
    dated = any(bid.received for bid in bids)
    columns = ("bid", "lot", "bidder", "name", "small_business", "received")[: 6 if dated else 5]
    rows = [(bid.id, bid.lot, bid.bidder, bid.name, bid.small, bid.received)[: len(columns)] for bid in bids]
    return _table("bids", source, columns, rows, [bid.node.row for bid in bids])


def price_table(bids: Sequence[Bid], source: str, currency_stated: bool) -> RawTable:
    """The table ``prices``: the total of each bid that has one, in its own currency.

    Parameters
    ----------
    bids : sequence of Bid
        The bids.
    source : str
        File.
    currency_stated : bool
        Whether the release names a currency anywhere; a bid that names none is then refused.
    """
    priced = [bid for bid in bids if bid.amount]
    rows = []
    for bid in priced:
        currency = (bid.currency or NO_CURRENCY) if currency_stated else ""
        rows.append((bid.id, TOTAL_ITEM, Figure(f"{currency} {bid.amount}".strip())))
    return _table("prices", source, ("bid", "item", "amount"), rows, [bid.node.row for bid in priced])


def requirement_table(bids: Sequence[Bid], source: str) -> RawTable:
    """The table ``requirements``: every response to a requirement."""
    rows, numbers = [], []
    for bid in bids:
        for response in bid.node.objects("requirementResponses"):
            wanted = response.value.get("requirement")  # an object; in early versions of the extension its id
            key = str(wanted) if is_identifier(wanted) else response.object("requirement").identifier("id")
            rows.append((bid.id, key, cell(response.value.get("value"))))
            numbers.append(bid.node.row)
    return _table("requirements", source, ("bid", "requirement", "value"), rows, numbers)


def ruling_table(release: Node, bids: Sequence[Bid], source: str) -> RawTable:
    """The table ``rulings``: bids that the buyer has on record as disqualified, invalid or withdrawn.

    Each is excluded as from the day of the release, by the procuring entity.
    """
    out = [bid for bid in bids if bid.status in OUT]
    tender = release.object("tender")
    entities = [tender.object("procuringEntity"), release.object("buyer")]
    said = [e.text("name") for e in entities] + [e.identifier("id") for e in entities]
    by = next(filter(None, said), "buyer")
    day = _day(release) if out else ""
    rows = [(bid.id, CASE, "exclude", by, day, f"bids.details.status = {bid.status}") for bid in out]
    if not day:
        rows, out = [], []
    columns = ("bid", "case", "ruling", "by", "on", "reason")
    return _table("rulings", source, columns, rows, [bid.node.row for bid in out])


def _day(release: Node) -> str:
    """The day of the release; a finding where it has none, since a status is on record as from a day."""
    text = release.text("date")
    day = parse_date(re.split(r"[Tt\s]", text, maxsplit=1)[0])
    if isinstance(day, Problem) or all(isinstance(r, Problem) for r in (parse_date(text), parse_moment(text, "UTC"))):
        release.note("ocds.date.needed", "date", text)
        return ""
    return day.isoformat()


def _table(
    name: str, source: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: Sequence[int]
) -> RawTable:
    return RawTable(name, source, columns, tuple(rows), tuple(numbers))
