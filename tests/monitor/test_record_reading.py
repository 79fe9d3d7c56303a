"""Reading: folders, workbooks, Chinese exports, and everything that is wrong at once."""

from __future__ import annotations

import random
import shutil

import pandas as pd
import pytest
import xlsxwriter

from service_tables import SAMPLE, kpi, measured
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import read_service_records as public
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.records import ServiceRecords

HEADER = "ticket,supplier,priority,opened,closed\n"
ROW = "1,A,P1,2026-03-02T09:00+08:00,\n"


def folder(tmp_path, **files: str | bytes):
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (tmp_path / f"{name}.csv").write_bytes(data)
    return tmp_path


def refused(path, **more: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_service_records(path, **more)
    assert all(f.say("zh") for f in caught.value.findings)
    return [(f.code, f.column) for f in caught.value.findings]


def test_the_sample_is_read_whole():
    rows = read_service_records(SAMPLE)
    assert len(rows["tickets"]) == 8672 and len(rows.suppliers) == 12 and rows.warnings == ()
    assert rows.suppliers[0] == "00123" and "NA" in rows.suppliers
    assert public is read_service_records


def test_a_chinese_excel_export_a_workbook_and_parquet_are_the_same_records(tmp_path):
    """GB18030 with Chinese names; sheets of one workbook; typed parquet: equal figures to the last bit."""
    names = ("tickets", "holds", "contracts", "feedback")
    frames = {name: pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False) for name in names}
    frames["tickets"] = frames["tickets"][frames["tickets"]["opened"] >= "2026-03"].reset_index(drop=True)
    frames["holds"] = frames["holds"][frames["holds"]["ticket"].isin(frames["tickets"]["ticket"])]
    csv, book, typed = tmp_path / "csv", tmp_path / "book.xlsx", tmp_path / "typed"
    for place in (csv, typed):
        place.mkdir()
    with xlsxwriter.Workbook(book, {"strings_to_formulas": False}) as file:
        for name, frame in frames.items():
            (csv / f"{name}.csv").write_bytes(frame.to_csv(index=False).encode("gb18030"))
            sheet = file.add_worksheet(name)
            for at, cells in enumerate([list(frame.columns), *frame.to_numpy().tolist()]):
                sheet.write_row(at, 0, cells)
            moments = [c for c in ("opened", "responded", "closed", "cancelled", "begin") if c in frame]
            read = frame.assign(**{c: pd.to_datetime(frame[c], utc=True, format="ISO8601") for c in moments})
            read.to_parquet(typed / f"{name}.parquet")
    clock = BusinessClock.load(SAMPLE / "calendar.toml")
    kpis = [kpi(limit="8h"), kpi("satisfaction", id="s", target=4)]
    results = [
        measured(read_service_records(place), kpis, Period.months("2026-03", "2026-05"), clock).to_frame()
        for place in (csv, book, typed)
    ]
    for other in results[1:]:
        pd.testing.assert_frame_equal(results[0], other, check_exact=True)
    assert results[0]["n"].sum() > 900


def test_no_place_no_table_no_zone(tmp_path):
    for place in (tmp_path / "nowhere", None, 5):
        assert refused(place) == [("records.place", "")]
    assert refused(tmp_path) == [("records.none", "")]
    assert refused(folder(tmp_path, tickets=HEADER + ROW), timezone="Mars/Base") == [("records.timezone", "timezone")]


def test_everything_that_is_wrong_comes_at_once(tmp_path):
    folder(
        tmp_path,
        tickets="ticket,suplier,priority,opened,closed\n1,A,,2026-03-02 09:00,soon\n",
        ticket_list=HEADER,
        feedback="feedback,supplier,sent,score\n1,A,02.03.26,5\n",
    )
    found = refused(tmp_path)
    assert ("records.table_unknown", "") in found
    assert ("tickets.supplier.column_missing", "supplier") in found and ("tickets.column_unknown", "suplier") in found
    assert ("tickets.priority.blank", "priority") in found and ("tickets.opened.no_time_zone", "opened") in found
    assert ("tickets.closed.not_a_date", "closed") in found and ("feedback.sent.two_readings", "sent") in found


def test_own_columns_and_files_are_left_unread(tmp_path):
    text = HEADER.replace("closed", "closed,x_note") + ROW.replace(",\n", ",,hello\n")
    folder(tmp_path, tickets=text, x_mine="anything")
    assert len(read_service_records(tmp_path)["tickets"]) == 1


def test_a_header_alone_is_an_empty_table_and_a_warning(tmp_path):
    rows = read_service_records(folder(tmp_path, tickets=HEADER))
    assert len(rows["tickets"]) == 0 and [f.code for f in rows.warnings] == ["tickets.no_rows"]
    assert refused(folder(tmp_path, tickets="")) == [("files.empty", "")]


def test_two_files_of_one_table_are_refused(tmp_path):
    folder(tmp_path, tickets=HEADER + ROW)
    (tmp_path / "tickets.tsv").write_text(HEADER.replace(",", "\t"), encoding="utf-8")
    assert refused(tmp_path) == [("records.table_twice", "")]


def test_a_damaged_parquet_file_is_a_finding(tmp_path):
    (tmp_path / "tickets.parquet").write_bytes(b"PAR1 not really")
    assert refused(tmp_path) == [("files.parquet.damaged", "")]


def test_renamed_columns_are_found_in_any_case_and_width(tmp_path):
    rows = read_service_records(folder(tmp_path, tickets="\ufeffＴicket, SUPPLIER ,Priority,Opened,closed\n" + ROW))
    assert len(rows["tickets"]) == 1


def test_frames_are_asked_for_and_duplicate_columns_refused():
    for given in ([1], {"tickets": [1]}):
        with pytest.raises(InvalidInput) as caught:
            ServiceRecords.from_frames(given)
        assert caught.value.findings[0].code == "records.frames"
    with pytest.raises(InvalidInput) as caught:
        ServiceRecords.from_frames({"ticket": pd.DataFrame()})
    assert caught.value.findings[0].code == "records.table_unknown"
    twice = pd.DataFrame(
        [["1", "2", "A", "P1", None, None]], columns=["ticket", "Ticket", "supplier", "priority", "opened", "closed"]
    )
    with pytest.raises(InvalidInput) as caught:
        ServiceRecords.from_frames({"tickets": twice})
    assert "files.header.duplicate" in [f.code for f in caught.value.findings]


def test_damaged_copies_of_the_sample_are_refused_in_words_not_by_a_traceback(tmp_path):
    """Cells replaced at random: read, or InvalidInput."""
    rng = random.Random(7)
    for trial in range(6):
        place = tmp_path / str(trial)
        place.mkdir()
        for name in ("contracts", "milestones", "quotes", "drills", "services", "outages"):
            lines = (SAMPLE / f"{name}.csv").read_text(encoding="utf-8").splitlines()[:30]
            at = rng.randrange(1, len(lines))
            cells = lines[at].split(",")
            cells[rng.randrange(len(cells))] = rng.choice(
                ["", "NaN", "-1", "1e400", "９９", "=1+1", "2026-02-30", "\u202ex"]
            )
            lines[at] = ",".join(cells)
            (place / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
        try:
            rows = read_service_records(place)
        except InvalidInput as caught:
            assert caught.report("zh")
        else:
            assert len(rows["drills"]) == 29
        shutil.rmtree(place)


@pytest.mark.parametrize("wrong", [pd.NA, pd.Series([1]), None, 5])
def test_a_time_zone_that_is_no_text_is_refused(wrong):
    with pytest.raises(InvalidInput) as refused:
        ServiceRecords.from_frames({}, timezone=wrong)
    assert [f.code for f in refused.value.findings] == ["records.timezone"]


def test_moments_in_the_wrong_order_are_said_in_the_zone_of_the_calendar(tmp_path):
    row = "1,A,P1,2026-03-02T14:00:00+08:00,2026-03-02T13:07:00+08:00\n"
    (tmp_path / "tickets.csv").write_text(HEADER + row, encoding="utf-8")
    shutil.copy(SAMPLE / "calendar.toml", tmp_path)
    with pytest.raises(InvalidInput, match="13:07:00\\+08:00"):
        read_service_records(tmp_path)


def test_headers_in_another_language_are_named_with_the_columns_that_are_lacking(tmp_path):
    (tmp_path / "tickets.csv").write_text("ticket,supplier,priority,开单时间,closed\n1,A,P1,,\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_service_records(tmp_path)
    said = {finding.code: finding for finding in refused.value.findings}
    assert "开单时间" in said["tickets.opened.column_missing"].say("zh")
    assert "opened" in said["tickets.column_unknown"].advise("zh")
    assert "person" not in said["tickets.column_unknown"].advise("zh")
