"""How a result shows itself in a notebook: short, in the words of one language, with no word from outside as markup.

Every public result takes `Shown` as a base and gets ``_repr_html_`` from it, which Jupyter asks for: what it is,
whether it binds, by which policy, the first rows of its frame, and how much `explain` has to say. Figures stand as
pandas shows them; they are formatted for people in ``report`` only (convention §8). It stands on the ground floor,
where all results can reach it, and asks a result only for what results have
(docs/decisions/2026-11-30-results-in-notebooks.md).
"""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang, clean, known_language, message

if TYPE_CHECKING:
    import pandas as pd

ROWS, COLUMNS = 12, 14
FINGERPRINT = 19  # characters of it that are shown: the kind of hash and twelve digits
ENDS = re.compile(r"[.!?](?=[\s\"')\]]|$)|[。！？]")
STILL = "supplier-eval tex2jax_ignore mathjax_ignore"  # what stands inside is no mathematics
SAID = {"binding": "shown.binding", "exploratory": "shown.exploratory"}
_language: list[Lang] = ["en"]


def show_in(lang: Lang) -> None:
    """Choose the language in which results show themselves in a notebook; English before that.

    Parameters
    ----------
    lang : {"en", "zh"}
        For all results of this process.

    Raises
    ------
    UnknownLanguageError
        If there are no words in it.
    """
    _language[0] = known_language(lang)


class Shown:
    """A result that a notebook shows as a table with a head; the base of every public result."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return as_html(self, _language[0])


def as_html(result: object, lang: Lang) -> str:
    r"""Write a result as a piece of HTML.

    Parameters
    ----------
    result : object
        Anything with some of ``to_frame explain standing policy_fingerprint line say``; else its fields are shown.
    lang : {"en", "zh"}
        Language of the words around the figures; columns bear their documented names.

    Returns
    -------
    str
        Every text from outside is escaped, on one line and without direction marks; ``$`` and ``\`` stand alone in
        their elements, so that no typesetter finds mathematics between two of them.
    """
    parts = [_head(result, lang), *_body(result, lang)]
    return still("".join(parts))


def still(inside: str) -> str:
    """Put HTML where no typesetter looks for mathematics."""
    parted = re.sub(r"(<[^>]*>)|[$\\]", lambda found: found[1] or f"<span>{found[0]}</span>", inside)
    return f'<div class="{STILL}" dir="ltr">{parted}</div>'


def _escaped(text: object) -> str:
    return html.escape(clean(text), quote=False)


def _head(result: object, lang: Lang) -> str:
    """Kind, standing, fingerprint."""
    said = [f"<b>{_escaped(type(result).__name__)}</b>"]
    standing = getattr(result, "standing", None)
    if standing in SAID:
        said.append(f"<strong>{message(SAID[standing], lang)}</strong>")
    fingerprint = getattr(result, "policy_fingerprint", None) or getattr(result, "fingerprint", None)
    if isinstance(fingerprint, str):
        short = f"<code>{_escaped(fingerprint[:FINGERPRINT])}</code>"
        said.append(message("shown.policy", lang, fingerprint=short))
    return f"<p>{' · '.join(said)}</p>"


def _body(result: object, lang: Lang) -> Iterator[str]:
    to_frame, explain = getattr(result, "to_frame", None), getattr(result, "explain", None)
    if callable(to_frame):
        yield from _frame(_in(to_frame, lang), lang)
    elif callable(explain) and not _asks(explain):
        yield _lines(str(_in(explain, lang)).splitlines(), lang)
    elif callable(say := getattr(result, "line", getattr(result, "say", None))):
        yield _lines([str(_in(say, lang))], lang)
    else:
        yield from _fields(result, lang)
    if callable(explain):
        yield f"<p>{_explained(explain, lang)}</p>"


def _in(method: Callable[..., Any], lang: Lang) -> Any:  # noqa: ANN401 - a frame or a text
    """Call a method of a result, in the language where it has one."""
    return method(lang=lang) if "lang" in inspect.signature(method).parameters else method()


def _asks(method: Callable[..., Any]) -> list[str]:
    """What a method needs to be told."""
    return [
        name
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]


def _explained(explain: Callable[..., Any], lang: Lang) -> str:
    """How many sentences `explain` has, or of what it wants to be asked."""
    asked = _asks(explain)
    if asked:
        return message("shown.explain_one", lang, call=f"<code>explain({_escaped(', '.join(asked))})</code>")
    n = len(ENDS.findall(str(_in(explain, lang))))
    return message("shown.explain" if n != 1 else "shown.explain_short", lang, call="<code>explain()</code>", n=n)


def _frame(frame: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """The first rows and columns, texts made harmless, and how many rows there are."""
    import pandas as pd
    from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

    first = frame.iloc[:ROWS, :COLUMNS]
    harmless = first.copy()
    for place, dtype in enumerate(first.dtypes):
        if not is_numeric_dtype(dtype) and not is_datetime64_any_dtype(dtype):
            texts = first.iloc[:, place].astype(object).map(clean, na_action="ignore")
            harmless.isetitem(place, texts.to_numpy(dtype=object))
    harmless.columns = pd.Index([clean(name) for name in first.columns])
    numbered = isinstance(first.index, pd.RangeIndex)
    harmless.index = first.index if numbered else pd.Index([clean(name) for name in first.index])
    yield harmless.to_html(index=not numbered, escape=True, border=0, na_rep="–", notebook=False)
    rows, columns = frame.shape
    yield f"<p>{message('shown.rows', lang, shown=len(first), rows=rows, columns=columns)}</p>"


def _lines(lines: Iterable[str], lang: Lang) -> str:
    """Sentences, the first of them."""
    said = [line for line in lines if line.strip()]
    more = f"<br>{message('shown.more', lang, n=len(said) - ROWS)}" if len(said) > ROWS else ""
    return f"<p>{'<br>'.join(html.escape(_whole(line), quote=False) for line in said[:ROWS])}{more}</p>"


def _whole(line: str) -> str:
    """As `clean`, without cutting a sentence."""
    return " ".join(clean(word) for word in line.split())


def _fields(result: object, lang: Lang) -> Iterator[str]:
    """Name and value of the first fields, those of a declared record in its place."""
    rows = list(_named(result))
    cells = "".join(f"<tr><th>{_escaped(name)}</th><td>{_escaped(value)}</td></tr>" for name, value in rows[:ROWS])
    yield f"<table>{cells}</table>"
    if len(rows) > ROWS:
        yield f"<p>{message('shown.more', lang, n=len(rows) - ROWS)}</p>"


def _named(result: object) -> Iterator[tuple[str, object]]:
    if not is_dataclass(result):
        yield "", repr(result)
        return
    for own in fields(result):
        value = getattr(result, own.name)
        declared = getattr(type(value), "model_fields", None)
        if declared:
            yield from ((name, getattr(value, name)) for name in declared)
        else:
            yield own.name, value
