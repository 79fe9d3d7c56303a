"""The tender: policy and validated tables, frozen and fingerprinted; prices stay sealed until they may be opened.

Nothing is evaluated here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidTender, NotOpened
from supplier_eval.flags import Ruling
from supplier_eval.intake.notice import Notice
from supplier_eval.intake.tables import PriceLine
from supplier_eval.policy.document import Policy
from supplier_eval.policy.tree import CriteriaTree

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.envelope import Envelope


@dataclass(frozen=True)
class Fact:
    """What a bid supplied for one requirement: the text, and its value by the requirement's kind.

    `value` is True/False, a Decimal, a date, the level of a rubric, ``"none"``, or None where it is empty or
    could not be read.
    """

    value: bool | Decimal | date | str | None
    text: str
    document: str = ""
    checked_by: str = ""
    row: int = 0

    @property
    def unread(self) -> bool:
        """Whether something stands there that could not be read."""
        return self.value is None and bool(self.text)


@dataclass(frozen=True)
class Evaluator:
    """One member of the panel; `conflict_with` names the bidders whose lots they leave."""

    id: str
    name: str
    kind: str = "other"
    conflict_with: tuple[str, ...] = ()
    declared_on: date | None = None


@dataclass(frozen=True)
class PastScore:
    """A bidder's last periodic evaluation (§3.3.2): score and its range on 0-100, coverage as a fraction."""

    score: Decimal
    period: str
    coverage: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Tender:
    """Everything that came in, checked.

    Parameters
    ----------
    notice : Notice
        What was published.
    policy : Policy
        What was decided before.
    bids : DataFrame
        Index ``bid`` in canonical order; columns ``lot``, ``bidder``, ``name``, ``received`` (datetime, UTC, or
        None), ``small_business`` (bool), ``row``.
    facts : mapping
        (bid, requirement) → Fact.
    marks : DataFrame
        Columns ``bid criterion evaluator round mark label comment row`` in canonical order; `mark` is the raw
        figure (float), NaN where the mark is a rubric level (then `label` holds it).
    evaluators : mapping
        Evaluator id → Evaluator.
    past : mapping
        Bidder id → PastScore.
    rulings : tuple of Ruling
        What people decided on cases.
    envelope : Envelope
        The price tables, opened only for named bids.
    warnings : tuple of Finding
        Findings that refuse nothing.
    published : Policy or None
        The policy that the notice names, where another one is used; its envelopes and its technical threshold
        keep prices closed all the same.
    again : callable or None
        Reads and checks the same material under another policy.
    checked_under : str
        Fingerprint of the policy under which the tables were checked, where that is not `policy`.
    """

    notice: Notice
    policy: Policy
    bids: pd.DataFrame
    facts: Mapping[tuple[str, str], Fact]
    marks: pd.DataFrame
    evaluators: Mapping[str, Evaluator]
    past: Mapping[str, PastScore]
    rulings: tuple[Ruling, ...]
    envelope: Envelope
    warnings: tuple[Finding, ...] = ()
    source: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    published: Policy | None = None
    again: Callable[[Policy], Tender] | None = field(default=None, repr=False, compare=False)
    checked_under: str = ""

    @property
    def lots(self) -> tuple[str, ...]:
        """Ids of the lots, in the notice's order."""
        return self.notice.lot_ids

    @cached_property
    def tree(self) -> CriteriaTree:
        """The criteria of this tender's service category."""
        return self.policy.tree(self.notice.category)

    @cached_property
    def fingerprint(self) -> str:
        """``sha256:…`` of notice and tables; the order of rows and columns does not change it."""
        text = "\n".join(f"{name} {digest}" for name, digest in sorted(self.digests.items()))
        return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()

    def bids_of(self, lot: str) -> pd.DataFrame:
        """Bids of one lot, in canonical order."""
        return self.bids[self.bids["lot"] == lot]

    @property
    def two_envelopes(self) -> bool:
        """Whether the policy that is used, or the one that was published, keeps prices in a second envelope."""
        published = self.published if self.published is not None else self.policy
        return 2 in (self.policy.procedure.envelopes, published.procedure.envelopes)

    @property
    def prices_may_open(self) -> bool:
        """Whether the procedure allows prices to be read: at once, or once the technical marks are locked.

        Two envelopes in the policy that was published, or in the one that is used, keep them closed.
        """
        return not self.two_envelopes or self.notice.technical_locked is not None

    def open_prices(self, bids: Sequence[str]) -> list[PriceLine]:
        """Open the price envelopes of these bids only.

        Raises
        ------
        NotOpened
            Before the technical marks are locked, where the procedure has two envelopes.
        InvalidTender
            With every finding about the rows of these bids.
        """
        if not self.prices_may_open:
            raise NotOpened("prices stay closed until `technical_locked` stands in tender.toml")
        lines, findings = self.envelope.open(bids)
        if any(f.severity == "error" for f in findings):
            raise InvalidTender(findings, self.source)
        return lines

    def with_policy(self, policy: Policy) -> Tender:
        """Give the same tender under another policy, its tables checked again under that one.

        Results are exploratory unless it is the published policy. Prices that the published policy keeps
        closed stay closed.

        Raises
        ------
        InvalidTender
            If the tables do not fit that policy.
        """
        if self.again is not None:
            return self.again(policy)
        checked = self.checked_under or self.policy.fingerprint
        published = self.published or self.policy
        return replace(self, policy=policy, published=published, checked_under=checked)

    def __repr__(self) -> str:
        n = len(self.bids)
        return (
            f"Tender({self.notice.id!r}: {n} bids, {len(self.lots)} lots, {self.policy.name}, {self.fingerprint[:19]}…)"
        )
