"""What all charts share: labels that wrap, fonts that hold every character, plain text, the watermark.

Text from outside is never read as mathematics, and a character that no font holds is never drawn as a box: a name is
then shown by its bid's id. Nothing here imports the drawing library; `charts` hands the axes over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report.formats import plain
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes
    from supplier_eval.robustness.scored import Node, Scored
    from supplier_eval.score.order import FloatArray
    from supplier_eval.score.sheet import ScoreSheet

WIDE = {"W", "F"}
LUMINANCE = (0.2126, 0.7152, 0.0722)  # of red, green, blue in linear light
INK = "#1b1b1b"
PALE = "#6a6a6a"
CLOSING = frozenset("，。；：、）】》」』”’！？%,.;:)]}!?")  # never first in a line
OPENING = frozenset("（【《「『“‘([{")  # never last in a line
EVERY_ROWS = 14  # a watermark stands once for so many rows of a tall chart
UNDER_TEXT = 2.9  # over bars and cells, under figures and names


def cells(text: str) -> int:
    """How wide a text is in Latin letters; a Chinese character counts two."""
    return sum(2 if unicodedata.east_asian_width(c) in WIDE else 1 for c in text)


def wrap(text: str, width: int, lines: int = 2) -> str:
    """Break a text into lines of at most so many cells, at blanks where there are some; the rest becomes an ellipsis.

    Parameters
    ----------
    text : str
        One line.
    width : int
        Cells a line, see `cells`.
    lines : int
        Lines at most.
    """
    done: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cells(line) + cells(piece) > width and line.strip():
            done.append(line.strip())
            line = piece.lstrip()
        else:
            line += piece
    done = [*done, line.strip()] if line.strip() else done
    if len(done) <= lines:
        return "\n".join(done)
    last = done[lines - 1]
    while cells(last) > width - 1:
        last = last[:-1]
    return "\n".join([*done[: lines - 1], last.rstrip() + "…"])


def letters_on(colour: Sequence[float] | FloatArray) -> str:
    """Black or white, whichever is further from a colour (red, green, blue of 1): 4.58:1 at least (WCAG 2.2, 1.4.3)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    light = sum(share * part for share, part in zip(LUMINANCE, parts, strict=True))
    return "#000000" if (light + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def shorten(text: str, width: int) -> str:
    """One line of at most so many cells; of a longer one the beginning and the end, where ids differ, are kept."""
    if cells(text) <= width:
        return text
    tail, head = "", ""
    while cells(text[-len(tail) - 1 :]) <= (width - 1) // 2:
        tail = text[-len(tail) - 1 :]
    while cells(text[: len(head) + 1]) + cells(tail) < width:
        head = text[: len(head) + 1]
    return f"{head}…{tail}"


def _pieces(text: str, width: int) -> Iterable[str]:
    """Words with the blank before them; a word that fits no line comes in parts, a Chinese character by itself."""
    piece = ""
    for c in text:
        wide = unicodedata.east_asian_width(c) in WIDE
        if (
            piece
            and c not in CLOSING
            and piece[-1] not in OPENING
            and (c == " " or wide or unicodedata.east_asian_width(piece[-1]) in WIDE or cells(piece) >= width)
        ):
            yield piece
            piece = ""
        piece += c
    if piece:
        yield piece


@dataclass(frozen=True)
class Brush:
    """Axes with the words, fonts and characters at hand.

    Parameters
    ----------
    ax : Axes
        What is drawn on.
    lang : {"en", "zh"}
        Language of the labels; English where no font holds Chinese.
    fonts : tuple of str
        Families in the order in which a character is looked for.
    glyphs : frozenset of int
        Code points that these fonts hold.
    """

    ax: Axes
    lang: Lang
    fonts: tuple[str, ...]
    glyphs: frozenset[int]

    @property
    def say(self) -> Mapping[str, str]:
        """The labels."""
        return words(self.lang)

    def style(self, size: float = 9.0, **more: object) -> dict[str, Any]:
        """Properties of a text: our fonts, no mathematics."""
        return {"fontfamily": list(self.fonts), "fontsize": size, "parse_math": False, "usetex": False, **more}

    def holds(self, text: str) -> bool:
        """Whether every character can be drawn."""
        return all(ord(c) in self.glyphs or c == "\n" for c in text)

    def text(self, text: object) -> str:
        """Text that can be drawn: what no font holds becomes a question mark."""
        return "".join(c if c == "\n" or ord(c) in self.glyphs else "?" for c in _visible(text))

    def bidder(self, bid: str, name: str, width: int = 26, lines: int = 2) -> str:
        """A bid with its bidder's name, wrapped; the id alone where the name cannot be drawn or is the same."""
        shown, whole = plain(bid), plain(name)
        if not whole or whole == shown or not self.holds(whole):
            return wrap(self.text(shown), width, lines)
        return wrap(f"{self.text(shown)} · {whole}", width, lines)

    def bid(self, bid: str, width: int = 16) -> str:
        """A bid's id on one line, shortened in its middle."""
        return shorten(self.text(bid), width)

    def run_on(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other, as the language writes them."""
        return ("" if self.lang == "zh" else " ").join(sentence.strip() for sentence in sentences if sentence.strip())

    def labels(self, sheet: ScoreSheet, bids: Sequence[str], width: int = 26, lines: int = 2) -> list[str]:
        """The bids of a sheet with their bidders' names."""
        return [self.bidder(bid, sheet.names.get(bid, bid), width, lines) for bid in bids]

    def criterion(self, scored: Scored, node: Node, width: int = 34) -> str:
        """A criterion with the group that it belongs to, on two lines at most."""
        above = f" ({scored.label(node.parent, self.lang)})" if node.parent else ""
        return wrap(self.text(scored.label(node.id, self.lang) + above), width, 2)

    def title(self, text: str, standing: str, width: int = 78, pad: float | None = None) -> None:
        """Set the title, so many points above the axes; it stands in for the chart until `alt` says more."""
        mark = "" if standing == "binding" else f" [{self.say['standing.exploratory']}]"
        title = wrap(self.text(text) + mark, width, 3)
        self.ax.set_title(title, loc="left", pad=pad, **self.style(11.0, color=INK, fontweight="normal"))
        self.alt(title)

    def alt(self, text: str) -> None:
        """Keep the words that stand in for the chart, see `charts.alt_text`."""
        self.ax.set_label(" ".join(self.text(text).split()))

    def axis_labels(self, x: str, y: str) -> None:
        """Name both axes, with their units."""
        self.ax.set_xlabel(self.text(x), **self.style(9.5, color=INK))
        self.ax.set_ylabel(self.text(y), **self.style(9.5, color=INK))

    def ticks(self, size: float = 8.5) -> None:
        """Give the tick labels our fonts."""
        for label in (*self.ax.get_xticklabels(), *self.ax.get_yticklabels()):
            label.set(**self.style(size))

    def legend(self, handles: Sequence[Any], labels: Sequence[str]) -> None:
        """Put the legend to the right of the axes; a label that begins with an underscore is shown like others."""
        shown = [wrap(self.text(label), 24, 3) for label in labels]
        legend = self.ax.legend(
            handles,
            [f" {label}" if label.startswith("_") else label for label in shown],
            loc="upper left",
            bbox_to_anchor=(1.01, 1.0),
            borderaxespad=0.0,
            frameon=False,
            handlelength=1.8,
            handleheight=1.3,
        )
        for text in legend.get_texts():
            text.set(**self.style(8.5, color=INK))

    def legend_above(self, handles: Sequence[Any], labels: Sequence[str]) -> None:
        """Put the legend in one row between title and axes; the title needs a `pad` of 26 points."""
        legend = self.ax.legend(
            handles,
            [f" {label}" if label.startswith("_") else label for label in map(self.text, labels)],
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            borderaxespad=0.2,
            borderpad=0.2,
            ncols=max(1, len(labels)),
            frameon=False,
            handlelength=1.6,
            handletextpad=0.5,
            columnspacing=1.3,
        )
        for text in legend.get_texts():
            text.set(**self.style(8.5, color=INK))

    def note(self, text: str, below: float = 46, width: int = 110) -> None:
        """Put a remark under the axes, so many points below them and so many cells wide."""
        self.ax.annotate(
            wrap(self.text(text), width, 9),
            xy=(0.0, 0.0),
            xytext=(0, -below),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="left",
            va="top",
            **self.style(8.0, color=PALE),
        )

    def nothing(self, text: str) -> None:
        """Say in empty axes why there is nothing to draw."""
        self.ax.set_axis_off()
        place: dict[str, Any] = {"ha": "center", "va": "center", "transform": self.ax.transAxes}
        self.ax.text(0.5, 0.5, wrap(self.text(text), 70, 6), **place, **self.style(10.0, color=INK))

    def watermark(self, standing: str, rows: int = 1) -> None:
        """Write across an exploratory chart that it is one."""
        if standing == "binding":
            return
        times = max(1, round(rows / EVERY_ROWS))
        for i in range(times):
            self.ax.text(
                0.5,
                (i + 0.5) / times,
                self.text(self.say["standing.watermark"]),
                ha="center",
                va="center",
                rotation=20,
                alpha=0.38,
                zorder=UNDER_TEXT,
                clip_on=True,
                transform=self.ax.transAxes,
                **self.style(34.0, color="#555555", fontweight="normal"),
            )


def _visible(text: object) -> str:
    """As `plain`, line by line."""
    return "\n".join(plain(line) for line in str(text).split("\n"))
