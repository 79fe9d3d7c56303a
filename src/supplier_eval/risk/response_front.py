"""What is left of each risk after the controls that count, and what was decided about it (§6.2.1, §6.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of, overview
from supplier_eval.risk.records import asked
from supplier_eval.risk.register_entries import RiskLevel, money_text
from supplier_eval.risk.register_front import RiskRegister
from supplier_eval.risk.response_records import Measure, RiskResponse, read_measures, read_responses
from supplier_eval.risk.said_names import grouped
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

NOTHING = RiskLevel(0.0, 1.0, 1.0)


@dataclass(frozen=True)
class ResidualRisk:
    """One risk after its controls.

    Parameters
    ----------
    risk : str
        Id.
    residual : RiskLevel
        The inherent level times the factors of the measures that count; not assessed where that one is not.
    current : RiskLevel
        As people rated it.
    state : {"open", "treated", "accepted", "avoided"}
        ``accepted`` until it expires; ``avoided`` once that is done; ``treated`` where a response to reduce or transfer
        stands and a measure counts; else ``open``.
    counted, void : tuple of str
        Measures in place that count, and such that count for nothing.
    response : RiskResponse or None
        What was decided; None where nothing was.
    """

    risk: str
    residual: RiskLevel
    current: RiskLevel
    state: Literal["open", "treated", "accepted", "avoided"]
    counted: tuple[str, ...]
    void: tuple[str, ...]
    response: RiskResponse | None = None


@dataclass(frozen=True, eq=False)
class RiskResponses(Shown):
    """All risks of a register with their measures and responses.

    Parameters
    ----------
    register : RiskRegister
        The risks.
    measures : tuple of Measure
        A row for each measure and risk, in canonical order.
    risks : mapping
        Id -> `ResidualRisk`, in canonical order.
    """

    register: RiskRegister
    measures: tuple[Measure, ...] = field(repr=False)
    risks: Mapping[str, ResidualRisk] = field(repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """What measures leave is an estimate."""
        return "exploratory"

    @property
    def expired(self) -> tuple[str, ...]:
        """Risks that were accepted, and are open again."""
        return tuple(key for key, one in self.risks.items() if one.response and one.response.state == "expired")

    @property
    def without_response(self) -> tuple[str, ...]:
        """Risks about which nothing was decided."""
        return tuple(key for key, one in self.risks.items() if one.response is None)

    def losses_table(self) -> pd.DataFrame:
        """The table that `simulate_losses` takes, after the controls that count."""
        import pandas as pd

        rows = [
            (one.risk, one.residual.low, one.residual.high, one.residual.frequency, self.register.currency)
            for one in self.risks.values()
        ]
        kinds = {"risk": "str", "low": "float64", "high": "float64", "frequency": "float64", "currency": "str"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def to_frame(self) -> pd.DataFrame:
        """One row for each risk, in canonical order.

        Returns
        -------
        DataFrame
            ``risk``, ``state``, ``response`` (empty for none), ``approver``, ``counted``, ``void`` (measures, joined by
            ``|``): str; ``inherent``, ``residual``, ``current`` (expected loss a year): Float64, missing where not
            assessed; ``expires``: datetime64.
        """
        import pandas as pd

        rows = []
        for one in self.risks.values():
            said = one.response
            expires = pd.NaT if said is None or said.expires is None else pd.Timestamp(said.expires)
            texts = (one.risk, one.state, said.response if said else "", said.approver if said else "")
            losses = (self.register.risks[one.risk].inherent, one.residual, one.current)
            figures = (level.expected_loss for level in losses)
            rows.append((*texts, "|".join(one.counted), "|".join(one.void), *figures, expires))
        kinds = dict.fromkeys(("risk", "state", "response", "approver", "counted", "void"), "str")
        kinds |= dict.fromkeys(("inherent", "residual", "current"), "Float64") | {"expires": "datetime64[s]"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def measures_frame(self) -> pd.DataFrame:
        """One row for each measure and risk.

        Returns
        -------
        DataFrame
            ``measure``, ``risk``, ``state``, ``why_not``, ``evidence``: str; ``counts``: bool; ``cost`` (a year),
            ``frequency_factor``, ``severity_factor``: Float64; ``tested_on``, ``test_due``: datetime64.
        """
        import pandas as pd

        def stamp(day: object) -> object:
            return pd.NaT if day is None else pd.Timestamp(str(day))

        rows = [
            (m.measure, m.risk, m.state, m.why_not, m.evidence, m.counts, m.cost / 100, m.frequency_factor,
             m.severity_factor, stamp(m.tested_on), stamp(m.test_due))
            for m in self.measures
        ]  # fmt: skip
        kinds = dict.fromkeys(("measure", "risk", "state", "why_not", "evidence"), "str") | {"counts": "bool"}
        kinds |= dict.fromkeys(("cost", "frequency_factor", "severity_factor"), "Float64")
        kinds |= dict.fromkeys(("tested_on", "test_due"), "datetime64[s]")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, risk: str | None = None, lang: Lang = "en") -> str:
        """Say what is left of a risk, which controls count, and what was decided; without an id the overview.

        Raises
        ------
        UnknownName
            If there is no such risk.
        """
        risk, lang = asked_of("risk", risk, lang, self.risks)
        if risk is None:
            return overview("responses", self, lang)
        one, comma = self.risks[risk], "、" if lang == "zh" else ", "
        facts: dict[str, object] = {"risk": risk, "state": message(f"response.state.{one.state}", lang)}
        inherent = self.register.risks[risk].inherent.expected_loss
        if inherent is None or one.residual.expected_loss is None:
            lines = [message("response.said.unknown", lang, **facts)]
        else:
            figures = {"inherent": money_text(inherent), "residual": money_text(one.residual.expected_loss)}
            counted = {"counted": comma.join(one.counted) or "-", "currency": self.register.currency}
            lines = [message("response.said.residual", lang, **facts, **figures, **counted)]
        for measure in self.measures:
            if measure.risk == risk and measure.why_not:
                due = {"measure": measure.measure, "due": measure.test_due or "-"}
                lines.append(message(f"response.said.{measure.why_not}", lang, **due))
        if one.response is None:
            return "\n".join([*lines, message("response.said.none", lang)])
        said = {"kind": message(f"response.kind.{one.response.response}", lang), "by": one.response.approver or "-"}
        said |= {"reason": one.response.reason or "-", "expires": one.response.expires or "-"}  # type: ignore[dict-item]
        return "\n".join([*lines, message(f"response.said.{one.response.state}", lang, **said)])

    def __repr__(self) -> str:
        opened = sum(one.state == "open" for one in self.risks.values())
        void = sum(bool(m.why_not) for m in self.measures)
        return (
            f"RiskResponses({len(self.risks)} risks, {opened} open, {len(self.expired)} expired; {void} void controls)"
        )


def assess_responses(
    register: RiskRegister, measures: pd.DataFrame, responses: pd.DataFrame | None = None
) -> RiskResponses:
    """Say what is left of each risk after the controls that count, and which decisions still stand.

    Parameters
    ----------
    register : RiskRegister
        The risks, on their day.
    measures : DataFrame
        A row for each measure and risk that it acts on: ``measure``, ``risk``, ``state`` (``in_place``, ``proposed``),
        ``cost`` (a year; once for all rows of a measure; needed for what is proposed), ``frequency_factor``,
        ``severity_factor`` (what is left, 0-1; empty is 1, and one must be below 1), ``test_due`` (day by which the
        next test must be done; needed for what is in place), optional ``tested_on``, ``test_result`` (passed, failed),
        ``evidence``, ``currency``.
    responses : DataFrame, optional
        ``risk``, ``response`` (avoid, reduce, transfer, accept), ``approver``, ``reason``, ``decided_on``, ``expires``
        (all four needed for accept), ``done_on`` (for avoid: since when the risk is gone).

    Returns
    -------
    RiskResponses

    Raises
    ------
    InvalidInput
        With every finding: a control that lowers nothing, factors outside 0-1, an acceptance without approver, reason
        or expiry, another currency, unknown risks.

    Examples
    --------
    >>> answers = se.risk.answer_folder("data/samples/risks", years=2_000)
    >>> answers.responses
    RiskResponses(25 risks, 18 open, 1 expired; 2 void controls)
    """
    if not isinstance(register, RiskRegister):
        raise InvalidInput([asked("asked.kind", "register", register, kind="RiskRegister")], "arguments")
    known = {id_key(key): key for key in register.risks}
    read, found = read_measures(measures, known, register.as_of, register.currency)
    decided, wrong = read_responses(responses, known, register.as_of)
    if found + wrong:
        raise InvalidInput(grouped(found + wrong), "responses")
    mine: dict[str, list[Measure]] = {key: [] for key in register.risks}
    for measure in read:
        mine[measure.risk].append(measure)
    risks = {key: _residual(register, key, tuple(held), decided.get(key)) for key, held in mine.items()}
    return RiskResponses(register, read, risks)


def lowered(level: RiskLevel, measures: tuple[Measure, ...]) -> RiskLevel:
    """A level after measures: their factors multiply, on the frequency and on the whole loss of an event."""
    frequency = prod(m.frequency_factor for m in measures)
    severity = prod(m.severity_factor for m in measures)
    if level.frequency is None or level.low is None or level.high is None:
        return level
    if severity == 0:
        return NOTHING
    return RiskLevel(level.frequency * frequency, level.low * severity, level.high * severity)


def _residual(
    register: RiskRegister, risk: str, measures: tuple[Measure, ...], said: RiskResponse | None
) -> ResidualRisk:
    entry = register.risks[risk]
    counted = tuple(m for m in measures if m.counts)
    void = tuple(m.measure for m in measures if m.why_not)
    avoided = said is not None and said.state == "done"
    residual = lowered(entry.inherent, counted)
    if avoided:
        residual = NOTHING
    state: Literal["open", "treated", "accepted", "avoided"] = "open"
    if avoided:
        state = "avoided"
    elif said is not None and said.response == "accept" and said.state == "standing":
        state = "accepted"
    elif said is not None and said.response in ("reduce", "transfer") and counted:
        state = "treated"
    return ResidualRisk(risk, residual, entry.current, state, tuple(m.measure for m in counted), void, said)
