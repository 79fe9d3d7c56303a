"""Where items lie in a Kraljic portfolio: positions, quadrants, what lies in the grey margin; tables, sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, message
from supplier_eval.risk.explained import asked_of, overview
from supplier_eval.risk.kraljic_settings import KraljicSettings
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Quadrant = Literal["routine", "leverage", "bottleneck", "strategic"]
QUADRANTS: tuple[Quadrant, ...] = ("routine", "leverage", "bottleneck", "strategic")


@dataclass(frozen=True)
class KraljicPosition:
    """One item.

    Parameters
    ----------
    item, name : str
        Id and display text.
    supply_risk, profit_impact : Fraction or None
        0 to 100; None where a factor of the axis is not rated.
    quadrant : {"routine", "leverage", "bottleneck", "strategic", ""}
        Empty where not placed.
    could_be : tuple of str
        Its quadrant and those across a line that lies within the margin; one where it is clear.
    missing : tuple of str
        Factors that are not rated.
    """

    item: str
    name: str = ""
    supply_risk: Fraction | None = None
    profit_impact: Fraction | None = None
    quadrant: Quadrant | Literal[""] = ""
    could_be: tuple[Quadrant, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def grey(self) -> bool:
        """Whether it lies within the margin of a line."""
        return len(self.could_be) > 1


@dataclass(frozen=True, eq=False)
class KraljicPortfolio(Shown):
    """All items, in canonical order.

    Parameters
    ----------
    positions : mapping
        Id -> `KraljicPosition`.
    settings : KraljicSettings
        Weights, scale, lines, margin.
    notes : tuple of Finding
        Warnings that refuse nothing: ratings that use a small part of the scale only.
    """

    positions: Mapping[str, KraljicPosition] = field(repr=False)
    settings: KraljicSettings = field(repr=False)
    notes: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """A portfolio binds nothing."""
        return "exploratory"

    @property
    def not_placed(self) -> tuple[str, ...]:
        """Items with a factor that is not rated."""
        return tuple(key for key, one in self.positions.items() if not one.quadrant)

    def to_frame(self) -> pd.DataFrame:
        """One row an item.

        Returns
        -------
        DataFrame
            ``item``, ``name``, ``quadrant`` (empty: not placed), ``could_be``, ``missing`` (joined by ``|``): str;
            ``supply_risk``, ``profit_impact`` (0-100): Float64, missing where not rated; ``grey``: bool.
        """
        import pandas as pd

        kinds = dict.fromkeys(("item", "name"), "str") | dict.fromkeys(("supply_risk", "profit_impact"), "Float64")
        kinds |= {"quadrant": "str", "grey": "bool", "could_be": "str", "missing": "str"}
        rows = [
            [
                one.item, one.name, *(None if x is None else float(x) for x in (one.supply_risk, one.profit_impact)),
                one.quadrant, one.grey, "|".join(one.could_be), "|".join(one.missing),
            ]
            for one in self.positions.values()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, item: str | None = None, lang: Lang = "en") -> str:
        """Say where an item lies, and whether it could as well lie across a line.

        Parameters
        ----------
        item : str
            Id; without one the overview of all.
        lang : {"en", "zh"}
            Language.
        """
        item, lang = asked_of("item", item, lang, self.positions)
        if item is None:
            return "\n".join([overview("portfolio", self, lang), *(note.line(lang) for note in self.notes)])
        one = self.positions[item]
        joint = "、" if lang == "zh" else ", "
        if one.supply_risk is None or one.profit_impact is None:
            return message("kraljic.not_placed", lang, item=item, missing=joint.join(one.missing))
        risk_line, impact_line = (f"{float(line):g}" for line in self.settings.lines)
        facts = {"risk": f"{float(one.supply_risk):.1f}", "impact": f"{float(one.profit_impact):.1f}"}
        quadrant = message(f"kraljic.quadrant.{one.quadrant}", lang)
        said = message(
            "kraljic.placed", lang, item=item, quadrant=quadrant, risk_line=risk_line, impact_line=impact_line, **facts
        )
        if not one.grey:
            return said
        names = joint.join(message(f"kraljic.quadrant.{name}", lang) for name in one.could_be)
        return f"{said}\n{message('kraljic.grey', lang, margin=f'{float(self.settings.margin):g}', names=names)}"

    def __repr__(self) -> str:
        odd = "; " + "; ".join(note.say("en") for note in self.notes) if self.notes else ""
        counts = ", ".join(f"{q} {sum(p.quadrant == q for p in self.positions.values())}" for q in QUADRANTS)
        grey = sum(one.grey for one in self.positions.values())
        return f"KraljicPortfolio({counts}; {grey} grey, {len(self.not_placed)} not placed{odd})"
