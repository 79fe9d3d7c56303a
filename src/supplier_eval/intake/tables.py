"""The tables of a tender: which columns each has, what they hold, which are required.

A tender is one `tender.toml` and these tables, as CSV files in a folder or as sheets of one workbook.
Unknown columns are refused with the nearest known name; columns that start with ``x_`` are the user's own
and are kept unread.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["id", "text", "number", "money", "percent", "date", "moment", "yes_no", "choice"]
TOTAL_ITEM = "total"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Header, compared after NFKC, case folded.
    kind : str
        What its cells hold: an id, free text, a number, money, a percentage, a date, a moment with time zone,
        yes or no, or one of `choices`.
    required : bool
        Whether the column must be there.
    filled : bool
        Whether every row must have a value in it.
    unique : bool
        Whether its values must differ from row to row.
    """

    name: str
    kind: Kind
    required: bool = True
    filled: bool = True
    unique: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableContract:
    """A table's name, its columns, the columns that together name a row, and whether it must be there."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = True

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(c.name for c in self.columns)


BIDS = TableContract(
    "bids",
    (
        Column("bid", "id", unique=True),
        Column("lot", "id", required=False, filled=False),
        Column("bidder", "id", required=False, filled=False),
        Column("name", "text"),
        Column("received", "moment", required=False),
        Column("small_business", "yes_no", required=False, filled=False),
    ),
    key=("bid",),
)
REQUIREMENTS = TableContract(
    "requirements",
    (
        Column("bid", "id"),
        Column("requirement", "id"),
        Column("value", "text", filled=False),
        Column("document", "text", required=False, filled=False),
        Column("checked_by", "text", required=False, filled=False),
        Column("note", "text", required=False, filled=False),
    ),
    key=("bid", "requirement"),
    required=False,
)
MARKS = TableContract(
    "marks",
    (
        Column("bid", "id"),
        Column("criterion", "id"),
        Column("evaluator", "id"),
        Column("mark", "text"),
        Column("round", "choice", required=False, filled=False, choices=("independent", "moderated")),
        Column("comment", "text", required=False, filled=False),
    ),
    key=("bid", "criterion", "evaluator", "round"),
    required=False,
)
EVALUATORS = TableContract(
    "evaluators",
    (
        Column("evaluator", "id", unique=True),
        Column("name", "text"),
        Column("kind", "choice", required=False, filled=False, choices=("expert", "buyer", "other")),
        Column("conflict_with", "text", required=False, filled=False),
        Column("declared_on", "date", required=False, filled=False),
    ),
    key=("evaluator",),
    required=False,
)
PRICES = TableContract(
    "prices",
    (
        Column("bid", "id"),
        Column("item", "id"),
        Column("quantity", "number", required=False, filled=False),
        Column("unit_price", "money", required=False, filled=False),
        Column("amount", "money", required=False, filled=False),
        Column("amount_words", "text", required=False, filled=False),
        Column("opening_amount", "money", required=False, filled=False),
        Column("discount", "percent", required=False, filled=False),
    ),
    key=("bid", "item"),
    required=False,
)
PAST = TableContract(
    "past",
    (
        Column("bidder", "id"),
        Column("period", "text"),
        Column("score", "number"),
        Column("coverage", "percent", required=False, filled=False),
        Column("lower", "number", required=False, filled=False),
        Column("upper", "number", required=False, filled=False),
    ),
    key=("bidder",),
    required=False,
)
RULINGS = TableContract(
    "rulings",
    (
        Column("bid", "id", filled=False),
        Column("case", "id"),
        Column("lot", "id", required=False, filled=False),
        Column("criterion", "id", required=False, filled=False),
        Column("evaluator", "id", required=False, filled=False),
        Column("asked_on", "date", required=False, filled=False),
        Column("asked", "text", required=False, filled=False),
        Column("answered_on", "date", required=False, filled=False),
        Column("answer", "text", required=False, filled=False),
        Column("ruling", "choice", choices=("accept", "exclude", "note")),
        Column("value", "number", required=False, filled=False),
        Column("by", "text"),
        Column("on", "date"),
        Column("reason", "text"),
    ),
    key=("bid", "case", "lot", "criterion", "evaluator"),
    required=False,
)
TABLES: dict[str, TableContract] = {
    table.name: table for table in (BIDS, REQUIREMENTS, MARKS, EVALUATORS, PRICES, PAST, RULINGS)
}


@dataclass(frozen=True)
class PriceLine:
    """One row of prices.csv: an item of a bid, or its total (item ``total``).

    Parameters
    ----------
    quantity, unit_price, amount : Decimal or None
        As written; money in the tender's currency and tax basis, unrounded.
    amount_words : str
        The amount in words, as the bid letter writes it (壹拾万元整), or transcribed in digits.
    opening_amount : Decimal or None
        The amount on the opening sheet (开标一览表).
    discount : Decimal or None
        Percentage off the item's base price.
    row : int
        Row in the spreadsheet.
    """

    bid: str
    item: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    amount_words: str = ""
    opening_amount: Decimal | None = None
    discount: Decimal | None = None
    row: int = 0
