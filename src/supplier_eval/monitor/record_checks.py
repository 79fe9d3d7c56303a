"""What cannot be true between the columns and tables of service records: all of it, with its rows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.tables import TableContract
from supplier_eval.monitor.record_columns import MOST_ROWS

ORDERS = (
    *(("tickets", "opened", later) for later in ("responded", "closed", "cancelled")),
    *(("holds", "begin", "end"), ("outages", "begin", "end"), ("maintenance", "begin", "end")),
    *(("complaints", "received", "closed"), ("contracts", "start", "end"), ("services", "watched_from", "watched_to")),
    *(("drills", "began", "responded"), ("drills", "began", "recovered"), ("volumes", "begin", "end")),
)
COUNTS = (
    *(("inspections", "units"), ("inspections", "defective"), ("inspections", "defects"), ("tickets", "reopened")),
)
NOT_NEGATIVE = (("volumes", "volume"), ("quotes", "quantity"), ("targets", "target"), ("targets", "volume"))
Tables = Mapping[str, pd.DataFrame]
MARK = "\x1f"
PLAIN_COLUMNS, CODES = "plain", "codes"


def duplicate_findings(frame: pd.DataFrame, contract: TableContract) -> list[Finding]:
    """Rows that name the same thing twice, case and width folded; two of them cannot both be right."""
    known = [name for name in contract.key if name in frame]
    if len(frame) < 2 or not known:
        return []
    codes = frame.attrs.pop(CODES, None)
    keys = pd.DataFrame({} if codes is not None else {name: folded(frame, name) for name in known})
    if codes is None:
        again = (keys[known[0]] if len(known) == 1 else keys).duplicated(keep="first").to_numpy()
    else:  # codes rise with every key that is new
        again = np.concatenate(([False], codes[1:] <= np.maximum.accumulate(codes)[:-1]))
    if not again.any():
        return []
    complete = np.all([_filled(frame[name]) for name in known if contract.column(name).filled], axis=0)
    wrong = np.flatnonzero(again & complete)
    if not wrong.size:
        return []
    first = int(wrong[0])
    if codes is not None:
        keys = pd.DataFrame({"code": codes})
    same = np.flatnonzero((keys == keys.iloc[first]).all(axis=1).to_numpy())[0]
    shown = ", ".join(str(frame[name].iloc[first]) for name in known)
    column = known[0] if len(known) == 1 else ""
    code = f"{contract.name}.{column + '.' if column else ''}duplicate"
    facts = {"first": int(frame["row"].iloc[same])}
    return [Finding(code, contract.name, column, _rows(frame, wrong), shown, facts)]


def folded(frame: pd.DataFrame, name: str) -> pd.Series:
    """Keys by which two cells are the same: ids casefolded, moments as numbers."""
    column = frame[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        places, _ = pd.factorize(pd.Index(_keys(column.cat.categories), dtype=object))
        return pd.Series(places[column.cat.codes.to_numpy()] if len(places) else places)
    if isinstance(column.dtype, pd.StringDtype):
        return column.str.lower() if name in frame.attrs.get(PLAIN_COLUMNS, ()) else column.map(id_key)
    return column.astype(np.int64) if column.dtype.kind == "M" else column


def _keys(cells: Iterable[object]) -> list[str]:
    """Keys of ids that were normalised before: no control character is left in them."""
    texts = [str(cell) for cell in cells]
    together = MARK.join(texts)
    return together.lower().split(MARK) if texts and together.isascii() else [id_key(text) for text in texts]


def _filled(column: pd.Series) -> npt.NDArray[np.bool_]:
    """Where something stands."""
    if isinstance(column.dtype, pd.CategoricalDtype | pd.StringDtype):
        return np.asarray(column.ne("").to_numpy(), dtype=bool)
    return np.asarray(column.notna().to_numpy(), dtype=bool)


def ticket_positions(tables: Tables) -> tuple[npt.NDArray[np.int64], list[Finding]]:
    """For every hold the position of its ticket, -1 for none, and the finding about these.

    The tickets keep the codes of their ids for `duplicate_findings`, which need not look at a million texts again.
    """
    held, tickets = tables["holds"], tables["tickets"]
    wanted = pd.Series(_keys(held["ticket"].cat.categories), dtype="str")
    keys = folded(tickets, "ticket")
    codes, different = pd.factorize(pd.concat([keys, wanted], ignore_index=True))
    tickets.attrs[CODES] = codes[: len(keys)]
    first = np.full(len(different), -1, dtype=np.int64)
    first[codes[: len(keys)][::-1]] = np.arange(len(keys))[::-1]
    position = first[codes[len(keys) :]]
    at = position[held["ticket"].cat.codes.to_numpy()] if len(position) else position
    wrong = np.flatnonzero((np.asarray(at) < 0) & _filled(held["ticket"]))
    if not wrong.size:
        return np.asarray(at, dtype=np.int64), []
    value = str(held["ticket"].iloc[int(wrong[0])])
    nearest = difflib.get_close_matches(value, tickets["ticket"].head(2000).tolist(), n=1, cutoff=0.0)
    known = ", ".join(tickets["ticket"].head(20).tolist())
    facts = {"where": "tickets", "known": known, "near": nearest[0] if nearest else "-"}
    found = Finding("holds.ticket.unknown", "holds", "ticket", _rows(held, wrong), value, facts)
    return np.asarray(at, dtype=np.int64), [found]


def relation_findings(tables: Tables, zone: str = "") -> list[Finding]:
    """Ends before starts (said in a time zone), counts that are none, unknown suppliers and tickets."""
    found: list[Finding] = []
    for table, early, late in ORDERS:
        if table in tables:
            found += _order(tables[table], (table, early, late), zone)
    for table, column in (*COUNTS, *NOT_NEGATIVE):
        if table in tables:
            found += _figures(tables[table], table, column, whole=(table, column) in COUNTS)
    found += _defective(tables) + _prices(tables) + _volumes(tables)
    for table, frame in tables.items():
        if table != "contracts" and "contracts" in tables and "supplier" in frame:
            found += _unknown(frame, table, "supplier", tables["contracts"]["supplier"], "contracts")
    return found


def _order(frame: pd.DataFrame, names: tuple[str, str, str], zone: str) -> list[Finding]:
    table, early, late = names
    wrong = np.flatnonzero((frame[late] < frame[early]).to_numpy())
    if not wrong.size:
        return []
    first = frame.iloc[int(wrong[0])]
    start, end = (_local(first[name], zone) for name in (early, late))
    facts = {"start": start, "other": early}
    return [Finding(f"{table}.{late}.before", table, late, _rows(frame, wrong), end, facts)]


def _local(moment: pd.Timestamp, zone: str) -> str:
    """A moment as it reads in a time zone; days, and moments without one to show them in, as they are."""
    return str(moment.tz_convert(zone) if zone and moment.tzinfo is not None else moment)


def _figures(frame: pd.DataFrame, table: str, column: str, *, whole: bool) -> list[Finding]:
    figures = frame[column].to_numpy()
    with np.errstate(invalid="ignore"):
        wrong = (figures < 0) | ((figures != np.floor(figures)) & ~np.isnan(figures) if whole else False)
    at = np.flatnonzero(wrong)
    code = f"{table}.{column}.not_a_count" if whole else f"{table}.{column}.negative"
    return [Finding(code, table, column, _rows(frame, at), f"{figures[at[0]]:g}")] if at.size else []


def _defective(tables: Tables) -> list[Finding]:
    frame = tables.get("inspections")
    if frame is None:
        return []
    found = []
    for column in ("defective",):
        wrong = np.flatnonzero((frame[column] > frame["units"]).to_numpy())
        if wrong.size:
            value = f"{frame[column].iloc[int(wrong[0])]:g}"
            facts = {"units": f"{frame['units'].iloc[int(wrong[0])]:g}"}
            found.append(
                Finding("inspections.defective.too_many", "inspections", column, _rows(frame, wrong), value, facts)
            )
    return found


def _prices(tables: Tables) -> list[Finding]:
    frame = tables.get("quotes")
    if frame is None:
        return []
    found = []
    wrong = np.flatnonzero((frame["price"] <= 0).to_numpy())
    if wrong.size:
        value = f"{frame['price'].iloc[int(wrong[0])]:g}"
        found.append(Finding("quotes.price.not_positive", "quotes", "price", _rows(frame, wrong), value))
    currencies = sorted({str(cell) for cell in frame["currency"].unique()})
    if len(currencies) > 1:
        shown = ", ".join(cell or "-" for cell in currencies)
        found.append(Finding("quotes.currency.mixed", "quotes", "currency", (), shown))
    return found


def _volumes(tables: Tables) -> list[Finding]:
    """Spans of one supplier that overlap would count the same work twice."""
    frame = tables.get("volumes")
    if frame is None or len(frame) < 2:
        return []
    supplier, begin, end = (folded(frame, name).to_numpy() for name in ("supplier", "begin", "end"))
    order = np.lexsort((end, begin, supplier))
    same = supplier[order][1:] == supplier[order][:-1]
    wrong = np.sort(order[1:][same & (begin[order][1:] < end[order][:-1])])
    if not wrong.size:
        return []
    shown = str(frame["begin"].iloc[int(wrong[0])].date())
    return [Finding("volumes.begin.overlap", "volumes", "begin", _rows(frame, wrong), shown)]


def _unknown(frame: pd.DataFrame, table: str, column: str, known: pd.Series, where: str) -> list[Finding]:
    there = {id_key(str(cell)) for cell in known.cat.categories}
    cells = frame[column].cat.categories
    missing = np.array([id_key(str(cell)) not in there and str(cell) != "" for cell in cells], dtype=bool)
    if not missing.any():
        return []
    wrong = np.flatnonzero(missing[frame[column].cat.codes.to_numpy()])
    if not wrong.size:
        return []
    value = str(frame[column].iloc[int(wrong[0])])
    names = [str(cell) for cell in known.cat.categories[:20]]
    near = difflib.get_close_matches(value, names, n=1, cutoff=0.0)
    facts = {"where": where, "known": ", ".join(names), "near": near[0] if near else "-"}
    return [Finding(f"{table}.{column}.unknown", table, column, _rows(frame, wrong), value, facts)]


def _rows(frame: pd.DataFrame, at: npt.NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(int(row) for row in frame["row"].to_numpy()[at[:MOST_ROWS]])
