"""How a KPI's figure came about, in sentences, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from supplier_eval.messages import Lang, message
from supplier_eval.monitor.kpi_definitions import KpiDefinition


def figure_words(kpi: KpiDefinition, row: Mapping[str, object], lang: Lang) -> str:
    """Say what was counted, what came out, how sure it is, and why there is no figure where there is none.

    Parameters
    ----------
    kpi : KpiDefinition
        What was measured.
    row : mapping
        A row of `KpiResults.to_frame`.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        Two to five sentences.
    """
    figure = {key: row[key] for key in ("period", "supplier", "n", "events", "censored", "excluded", "asked")}
    facts = {**figure, "kpi": kpi.name.say(lang) or kpi.id, "unit": row["unit"], "target": f"{kpi.target:f}"}
    return message("kpis.say.head", lang, **facts)
