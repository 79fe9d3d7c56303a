"""The page for the panel's meeting: one HTML file with sliders on the weights, for a screen and for paper (§3.2.4).

Everything stands in the file: data, style and one script, which the content security policy names by its hash. It
asks nothing of the network. How the page looks and computes stands in ``templates/panel*``.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, known_language
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.panel_data import panel_data, panel_json

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.robustness.answers import LotAnswer

PARTS = ("_model", "_draw", "_weights", "", "_ranking", "_price", "_pair", "_fixed", "_start")
SCRIPTS = tuple(f"panel{part}.js" for part in PARTS)
STYLES = ("page.css.j2", "panel.css")


def write_panel(
    evaluation: Evaluation,
    path: str | Path,
    lang: Lang = "en",
    *,
    answers: Sequence[LotAnswer] | None = None,
    blind: bool = False,
) -> Path:
    """Write the page for the panel's meeting as one HTML file that needs nothing else.

    Parameters
    ----------
    evaluation : Evaluation
        All lots.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``panel.html``.
    lang : {"en", "zh"}
        Language in which the page opens; it can be switched on the page.
    answers : sequence of LotAnswer, optional
        How firm each winner is, as `robustness.answers.answer_lots` gives it; asked here where omitted.
    blind : bool
        Whether names and ids of bids and members are left out of the file. A switch on the page hides them as well,
        but they then stay in the file.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for those inside the procedure. Weights moved on it are exploratory and change no result.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> with TemporaryDirectory() as folder:
    ...     se.report.write_panel(se.evaluate(tender), folder).name
    'panel.html'
    """
    return save_page(panel_page(evaluation, lang, answers=answers, blind=blind), path, "panel.html")


def panel_page(
    evaluation: Evaluation, lang: Lang = "en", *, answers: Sequence[LotAnswer] | None = None, blind: bool = False
) -> str:
    """Give the page for the panel's meeting as the text of one HTML page, see `write_panel`."""
    data = panel_data(evaluation, known_language(lang), answers, blind=blind)
    style, script = _text(STYLES), _text(SCRIPTS)
    return render(
        "panel.html.j2",
        lang=language_tag(lang),
        title=data["title"][lang],
        no_script=[data["words"][each]["panel.no_script"] for each in ("en", "zh")],
        style=style,
        style_print=_print(style),
        script=script,
        script_print=_print(script),
        data=panel_json(data),
    )


@functools.cache
def _text(files: tuple[str, ...]) -> str:
    """Some files of the folder of templates, one after the other."""
    folder = resources.files("supplier_eval.report") / "templates"
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8").strip() for name in files)


def _print(text: str) -> str:
    """The hash by which a content security policy names a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
