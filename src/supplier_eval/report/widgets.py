"""Sliders for a notebook: move a weight and see the order follow (extra ``[jupyter]``).

The only file that knows ipywidgets. Nothing is decided by a slider: as soon as a weight is another than the published
one, what is shown says that it is exploratory.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import MissingExtra, UnknownName
from supplier_eval.messages import Lang, known_language
from supplier_eval.report.explorer_page import caveat_line, interval_strip, order_table, slider_label, standing_line
from supplier_eval.report.formats import plain
from supplier_eval.report.moved_weights import POINTS, MovedWeights, Order, moved_weights, recount_of
from supplier_eval.report.words import words
from supplier_eval.robustness.stability_front import weight_stability

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.evaluation import Evaluation
    from supplier_eval.score.order import FloatArray
    from supplier_eval.score.sheet import ScoreSheet, Standing

__all__ = ["WeightExplorer", "weight_explorer"]

Level = Literal["top", "leaves"]
LEVELS: dict[Level, str] = {"top": "explorer.top", "leaves": "explorer.leaves"}
STEPS = 10  # of a slider, a point
DIGITS = 2  # of the field beside it
TINY = 1e-6


def weight_explorer(
    result: Evaluation | ScoreSheet, *, lot: str | None = None, level: Level = "top", lang: Lang = "en"
) -> WeightExplorer:
    """Show sliders for the weights of a lot, with its order beneath them.

    Parameters
    ----------
    result : Evaluation or ScoreSheet
        Of an evaluation everything is counted again for each position, also values that depend on weights; the values
        of a sheet are taken as they are.
    lot : str, optional
        Lot of an evaluation; may be left out where there is only one.
    level : {"top", "leaves"}
        Which criteria have a slider at first; a button changes it.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    WeightExplorer
        Shows itself as the last line of a cell. Moving one slider moves those beside it in proportion; the published
        weights and the intervals in which the winner stays (`robustness.weight_stability`) stand beside each.

    Raises
    ------
    MissingExtra
        If ipywidgets is not installed; with the command that installs it.
    SeveralLots, UnknownName, InvalidInput
        If the lot, level or language does not exist, or there is no order to question.

    Examples
    --------
    >>> evaluation = se.evaluate(se.read_tender("data/samples/service-desk"))
    >>> explorer = se.report.weight_explorer(evaluation, lot="L2")
    >>> explorer.move("price", 40)
    >>> explorer
    WeightExplorer(lot 'L2': 5 sliders, exploratory)
    >>> explorer.to_frame()["bid"].tolist()
    ['BT-2', 'HZ-2', 'QH-2', 'YX-2']
    """
    return WeightExplorer(result, lot=lot, level=level, lang=known_language(lang))


class WeightExplorer:
    """Sliders, a table and a button that belong together; `weight_explorer` makes one.

    Attributes
    ----------
    sliders : mapping
        Criterion id → slider of the level that is shown; whole numbers, in tenths of a point. A browser draws a
        slider on one of its steps and reports that place as if somebody had moved it, unless it stands on one already.
    fields : mapping
        Criterion id → field beside the slider with its points of the whole 100, to two decimals, where one may be
        typed. What a criterion weighs exactly stands in `weights`.
    level : widget or None
        The choice of the level; None for a sheet without groups.
    reset : widget
        The button that brings the published weights back.
    box : widget
        All of it.
    """

    def __init__(
        self, result: Evaluation | ScoreSheet, *, lot: str | None = None, level: Level = "top", lang: Lang = "en"
    ) -> None:
        if level not in LEVELS:
            raise UnknownName("level", str(level), LEVELS)
        self._made = _ipywidgets()
        self._recount, self._lang = recount_of(result, lot), lang
        self.stability = weight_stability(self._recount.scored.sheet)
        self._moved = moved_weights(self._recount.scored)
        self.published: Order = self._recount.again(self._moved.published)
        self.order: Order = self.published
        self._following = False
        self.sliders: Mapping[str, Any] = {}
        self.fields: Mapping[str, Any] = {}
        self._build(level)

    @property
    def weights(self) -> dict[str, float]:
        """Criterion → what it weighs now, in points of the whole 100; groups and leaves."""
        return {name: self._moved.points(name) for name in self._moved.nodes}

    @property
    def leaf_weights(self) -> FloatArray:
        """Fractions of 1, in the order of the sheet's criteria."""
        return self._moved.weights.copy()

    @property
    def standing(self) -> Standing:
        """That of the result while nothing is moved; else exploratory."""
        return self._recount.standing if self._moved.as_published else "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy from which the weights are moved."""
        return self._recount.scored.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row a ranked bid, best first: ``bid name rank rank_published total``; totals in points of 100."""
        import pandas as pd

        order, name = self.order, self._recount.scored.name
        rows = [
            (
                order.bids[b],
                name(order.bids[b]),
                int(order.ranks[b]),
                int(self.published.ranks[b]),
                float(order.totals[b]),
            )
            for b in order.best_first
        ]
        return pd.DataFrame(rows, columns=["bid", "name", "rank", "rank_published", "total"])

    def move(self, criterion: str, points: float) -> None:
        """Let a criterion weigh so many points of the whole 100, as its slider does.

        Raises
        ------
        UnknownName
            If there is no such criterion.
        InvalidInput
            If `points` is no number from 0 to what the criterion and those beside it weigh together.
        """
        self._follow(self._moved.move(criterion, self._moved.asked(criterion, points)))

    def _build(self, level: Level) -> None:
        """Make all widgets and put them together."""
        ui, say = self._made, words(self._lang)
        self._head, self._table = ui.HTML(), ui.HTML()
        self._rows = ui.VBox()
        self.reset = ui.Button(description=say["explorer.reset"], icon="undo", layout=ui.Layout(width="auto"))
        self.reset.on_click(lambda _: self._follow(self._moved.reset()))
        self.level: Any = None
        if self._recount.scored.sheet.tree is not None:
            options = [(say[key], name) for name, key in LEVELS.items()]
            self.level = ui.ToggleButtons(options=options, value=level)
            self.level.observe(lambda change: self._show_level(change["new"]), "value")
        self._show_level(level)
        buttons = [self.reset] if self.level is None else [self.level, self.reset]
        note = ui.HTML(caveat_line(self._recount.scored, self._lang))
        self.box = ui.VBox([self._head, ui.HBox(buttons), self._rows, note, self._table])
        self._show()

    def _shown(self, level: Level) -> list[str]:
        """Ids of the criteria that have a slider."""
        sheet = self._recount.scored.sheet
        if sheet.tree is None:
            return list(sheet.criteria)
        return [root.id for root in sheet.tree.roots] if level == "top" else [leaf.id for leaf in sheet.tree.leaves]

    def _show_level(self, level: Level) -> None:
        ui, scored = self._made, self._recount.scored
        rows, sliders, fields = [], {}, {}
        for name in self._shown(level):
            said: dict[str, Any] = {
                "disabled": not self._moved.movable(name),
                "tooltip": plain(scored.label(name, self._lang)),
            }
            sliders[name] = slider = ui.IntSlider(readout=False, layout=ui.Layout(width="260px"), **said)
            fields[name] = field = ui.BoundedFloatText(step=1 / STEPS, layout=ui.Layout(width="80px"), **said)
            self._put(name, slider, field)
            slider.observe(lambda change, name=name: self._slid(name, change["new"]), "value")
            field.observe(lambda change, name=name: self._moved_to(name, change["new"]), "value")
            label = ui.HTML(slider_label(name, scored, self._lang), layout=ui.Layout(width="220px"))
            strip = ui.HTML(interval_strip(name, self.stability, self._lang))
            rows.append(ui.HBox([label, slider, field, strip]))
        self.sliders, self.fields = sliders, fields
        self._rows.children = rows

    def _put(self, name: str, slider: Any, field: Any) -> None:  # noqa: ANN401 - widgets
        """Let a slider and its field stand where the criterion is; one message each, the new end with the new place."""
        points, most = self._moved.points(name), self._moved.most(name)
        for widget, place, end in (
            (slider, round(points * STEPS), math.ceil(most * STEPS - TINY)),
            (field, round(points, DIGITS), math.ceil(most * 10**DIGITS - TINY) / 10**DIGITS),
        ):
            with widget.hold_sync():
                widget.max = max(end, widget.value)
                widget.value = place
                widget.max = end

    def _slid(self, name: str, step: int) -> None:
        """A slider stands elsewhere; on the step of the published weight it is that weight."""
        published = float(self._moved.published[self._moved.rows[name]].sum()) * POINTS
        self._moved_to(name, published if step == round(published * STEPS) else step / STEPS)

    def _moved_to(self, name: str, points: float) -> None:
        if not self._following:
            self._follow(self._moved.move(name, points))

    def _follow(self, moved: MovedWeights) -> None:
        """Take new weights: other sliders, table and head follow."""
        self._moved = moved
        self.order = self.published if moved.as_published else self._recount.again(moved.weights)
        self._following = True
        try:
            for name, slider in self.sliders.items():
                self._put(name, slider, self.fields[name])
        finally:
            self._following = False
        self._show()

    def _show(self) -> None:
        scored, lang = self._recount.scored, self._lang
        tops = {name: self._moved.rows[name].tolist() for name in self._shown("top")}
        self._head.value = standing_line(self.standing, scored.sheet.lot, len(self.order.best_first), lang)
        self._table.value = order_table(self.order, self.published, scored, tops, lang)

    def _repr_mimebundle_(self, **asked: object) -> Any:  # noqa: ANN401 - what Jupyter takes
        return self.box._repr_mimebundle_(**asked)

    def __repr__(self) -> str:
        return f"WeightExplorer(lot {self._recount.scored.sheet.lot!r}: {len(self.sliders)} sliders, {self.standing})"


def _ipywidgets() -> Any:  # noqa: ANN401 - it has no types
    try:
        import ipywidgets
    except ImportError:
        raise MissingExtra("ipywidgets", "jupyter") from None
    return ipywidgets
