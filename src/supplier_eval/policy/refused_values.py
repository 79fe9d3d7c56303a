"""Why a value of a declared model was refused, in both languages; the library's own words are English only."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic_core import ErrorDetails, PydanticCustomError

from supplier_eval.messages import LANGS, Lang, catalogue, message


def refusal(kind: str, **facts: object) -> PydanticCustomError:
    """What a validator raises, with the English words of ``schema.{kind}``; `why_refused` finds both languages."""
    return PydanticCustomError(kind, "{said}", {**facts, "said": message(f"schema.{kind}", "en", **facts)})


def why_refused(error: ErrorDetails | Mapping[str, object]) -> dict[str, object]:
    """``why_en`` and ``why_zh`` of one of pydantic's complaints; English in both where there are no words of our own.

    Parameters
    ----------
    error : ErrorDetails
        One entry of ``ValidationError.errors()``.
    """
    return {f"why_{lang}": _said(error, lang) for lang in LANGS}


def _said(error: ErrorDetails | Mapping[str, object], lang: Lang) -> str:
    code, context = f"schema.{error['type']}", error.get("ctx")
    if code not in catalogue():
        return str(error["msg"]).removeprefix("Value error, ")
    facts = dict(context) if isinstance(context, Mapping) else {}
    if lang == "zh" and "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace(" or ", "、").replace(", ", "、")
    return message(code, lang, **facts)
