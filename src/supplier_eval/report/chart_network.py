"""Who bids with whom: bidders as points, pairs that met often as lines, flagged ones heavier (§1.3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.report.brush import INK, Brush, shorten
from supplier_eval.report.dot_names import name_dots

if TYPE_CHECKING:
    from supplier_eval.integrity.market_result import MarketScreens

MOST = 60
DEFAULT = 30
LINES_A_BIDDER = 3
ROUNDS = 400
ALONG = (0.2, 0.35, 0.5, 0.65, 0.8)  # places on a thick line that names should not cover
FLAGGED, MET, PLAIN = "#7a1f0f", "#a3a3a3", "#b9b9b9"
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """What is drawn.

    Parameters
    ----------
    names : tuple of str
        Bidders.
    tenders : tuple of int
        In which each bid.
    lines : tuple of (int, int, int, str)
        Two bidders, their meetings, and ``flag``, ``met`` or ``plain``.
    own : tuple of bool
        Whether the bidder has a flag of its own.
    left : int
        Pairs of these bidders that are not drawn.
    bidders : int
        In the whole market.
    """

    names: tuple[str, ...]
    tenders: tuple[int, ...]
    lines: tuple[tuple[int, int, int, str], ...]
    own: tuple[bool, ...]
    left: int
    bidders: int


def network_of(found: MarketScreens, names: Sequence[str] | None) -> Network:
    """Choose the bidders (those named; else those in flags of pairs and groups, then those that met most)."""
    bidders = found.to_frame("bidders").set_index("bidder")["tenders"]
    pairs = found.to_frame("pairs")
    heavy, light, own = _flagged(found)
    if names is None:
        score = dict.fromkeys(bidders.index, 0.0)
        for row in pairs.to_dict("records"):
            weight = 1000.0 if frozenset((row["first"], row["second"])) in heavy else 0.0
            for name in (row["first"], row["second"]):
                score[name] += row["meetings"] + weight
        chosen = sorted((n for n in score if score[n] > 0), key=lambda n: (-score[n], n))[:DEFAULT]
    else:
        chosen = list(dict.fromkeys(str(n) for n in ([names] if isinstance(names, str) else names)))[:MOST]
        for name in chosen:
            if name not in bidders.index:
                raise UnknownName("bidder", name, list(bidders.index))
    chosen = sorted(chosen)
    place = {name: at for at, name in enumerate(chosen)}
    inside = pairs[pairs["first"].isin(chosen) & pairs["second"].isin(chosen)]
    rows = inside.sort_values(["jaccard", "first", "second"], ascending=[False, True, True]).to_dict("records")
    lines: list[tuple[int, int, int, str]] = []
    for row in rows:
        pair = frozenset((row["first"], row["second"]))
        kind = "flag" if pair in heavy else "met" if pair in light else "plain"
        if kind == "flag" or len(lines) < LINES_A_BIDDER * len(chosen):
            lines.append((place[row["first"]], place[row["second"]], int(row["meetings"]), kind))
    return Network(
        tuple(chosen),
        tuple(int(bidders[name]) for name in chosen),
        tuple(lines),
        tuple(name in own for name in chosen),
        len(rows) - len(lines),
        len(bidders),
    )


def _flagged(found: MarketScreens) -> tuple[set[frozenset[str]], set[frozenset[str]], set[str]]:
    """Pairs in flags of what they did, pairs that only met often, bidders with a flag of their own."""
    heavy: set[frozenset[str]] = set()
    light: set[frozenset[str]] = set()
    own: set[str] = set()
    for flag in found.flags:
        who = flag.facts["who"]
        names = [str(name) for name in who] if isinstance(who, tuple) else []
        if len(names) == 1:
            own |= set(names)
        for i, one in enumerate(names):
            for two in names[i + 1 :]:
                (light if ".co_bidding." in flag.code else heavy).add(frozenset((one, two)))
    return heavy, light, own


def layout(n: int, lines: Sequence[tuple[int, int, int, str]]) -> FloatArray:
    """Places of bidders, shape (n, 2), within -1 and 1: lines pull, bidders push, all fall gently to the middle.

    T. Fruchterman and E. Reingold 1991, Graph drawing by force-directed placement, from a circle in the order of the
    names; nothing is drawn by lot.
    """
    angle = 2 * np.pi * np.arange(n) / max(1, n)
    at = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    if n < 3:
        return np.asarray(at * 0.6)
    pull = np.zeros((n, n))
    for a, b, meetings, _ in lines:
        pull[a, b] = pull[b, a] = 0.5 + 0.5 * meetings / max(m for _, _, m, _ in lines)
    k = 1.6 / np.sqrt(n)
    for step in range(ROUNDS):
        apart = at[:, np.newaxis] - at[np.newaxis]
        far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        push = k * k / far**2
        move = (apart * (push - pull * far / k)[:, :, np.newaxis]).sum(axis=1) - 0.6 * at
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        at = at + move / length * np.minimum(length, 0.12 * (1 - step / ROUNDS))
    at = at - (at.max(axis=0) + at.min(axis=0)) / 2
    return np.asarray(at / max(float(np.abs(at).max()), 1e-9))


def network_size(shown: Network) -> tuple[float, float]:
    """Width and height in inches that the bidders need."""
    side = 5.6 + 0.07 * len(shown.names)
    return side + 2.6, side


def draw_network(brush: Brush, shown: Network) -> None:
    """Draw lines first, the flagged above the others, then bidders and their names."""
    say, ax = brush.say, brush.ax
    title = say["chart.network.title"].format(n=len(shown.names), all=shown.bidders)
    brush.title(title, "exploratory")
    if len(shown.names) < 2 or not shown.lines:
        brush.nothing(say["chart.network.none"])
        return
    at = layout(len(shown.names), shown.lines)
    most = max(meetings for _, _, meetings, _ in shown.lines)
    order = {"plain": 0, "met": 1, "flag": 2}
    styles: dict[str, dict[str, Any]] = {
        "plain": {"color": PLAIN, "linestyle": ":", "zorder": 1},
        "met": {"color": MET, "linestyle": "-", "zorder": 2},
        "flag": {"color": FLAGGED, "linestyle": "-", "zorder": 3},
    }
    for a, b, meetings, kind in sorted(shown.lines, key=lambda line: order[line[3]]):
        wide = 0.6 + 2.2 * meetings / most + (1.6 if kind == "flag" else 0.0)
        ax.plot(at[[a, b], 0], at[[a, b], 1], linewidth=wide, solid_capstyle="round", **styles[kind])
    biggest = max(shown.tenders)
    for own, marker in ((False, "o"), (True, "s")):
        chosen = [i for i, one in enumerate(shown.own) if one is own]
        size = [40 + 200 * shown.tenders[i] / biggest for i in chosen]
        face = "#f2c48a" if own else "#ffffff"
        ax.scatter(
            at[chosen, 0], at[chosen, 1], s=size, marker=marker, c=face, edgecolors=INK, linewidths=0.9, zorder=4
        )
    ax.set_axis_off()
    ax.set_xlim(-1.18, 1.18)
    ax.set_ylim(-1.14, 1.14)
    _legend(brush, shown, styles)
    note = say["chart.network.note"].format(most=most, biggest=biggest)
    if shown.left:
        note = brush.run_on([note, say["chart.network.left"].format(n=shown.left)])
    brush.note(note, below=6)
    names = [shorten(brush.text(name), 18) for name in shown.names]
    thick = [at[a] + t * (at[b] - at[a]) for a, b, _, kind in shown.lines if kind == "flag" for t in ALONG]
    name_dots(brush, at[:, 0], at[:, 1], names, [(float(x), float(y)) for x, y in thick], around=9.5)
    heavy = [f"{shown.names[a]} + {shown.names[b]}" for a, b, _, kind in shown.lines if kind == "flag"]
    brush.alt(say["chart.network.alt"].format(title=title, pairs=", ".join(heavy[:8]) or "–"))
    brush.watermark("exploratory")


def _legend(brush: Brush, shown: Network, styles: dict[str, dict[str, Any]]) -> None:
    say, ax = brush.say, brush.ax
    kinds = {kind for _, _, _, kind in shown.lines}
    handles, names = list[Any](), list[str]()
    for kind, key in (("flag", "chart.network.flag"), ("met", "chart.network.met"), ("plain", "chart.network.plain")):
        if kind in kinds:
            handles += ax.plot([], [], linewidth=3.0 if kind == "flag" else 1.4, **styles[kind])
            names.append(say[key])
    for own, marker, key in ((False, "o", "chart.network.bidder"), (True, "s", "chart.network.own")):
        if own in shown.own:
            face = "#f2c48a" if own else "#ffffff"
            handles.append(ax.scatter([], [], s=60, marker=marker, c=face, edgecolors=INK, linewidths=0.9))
            names.append(say[key])
    brush.legend(handles, names)
