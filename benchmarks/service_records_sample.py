"""Writes the tables of data/samples/service-records again; the same seed gives the same bytes.

python benchmarks/service_records_sample.py [folder] [--quick]

With --quick nothing in the sample is touched: the tables are written aside and compared with it.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from supplier_eval.clock import BusinessClock, Holds
from supplier_eval.clock.local_time import microseconds, moment_of

HERE = Path(__file__).parents[1] / "data" / "samples" / "service-records"
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, MONTHS = (2024, 11), 24
MINUTE = 60_000_000
LIMITS = {"P1": (15, 4 * 60), "P2": (30, 8 * 60), "P3": (120, 16 * 60), "P4": (240, 40 * 60)}
SHARES = (0.06, 0.19, 0.45, 0.30)
STEPS = ("intake", "diagnosis", "repair", "handover")
CAUSES = ("late", "wrong", "unfriendly", "repeat_fault", "billing")
# id, name, tickets a month, share in time, defect rate, score, price against the market, category
SUPPLIERS = (
    ("00123", "华信科技有限公司", 60, 0.95, 0.012, 4.4, 1.03, "ITO"),
    ("NA", "北安网络技术有限公司", 45, 0.93, 0.018, 4.2, 0.96, "ITO"),
    ("S03", "声动呼叫中心服务有限公司", 55, 0.95, 0.015, 4.3, 0.99, "BPO"),
    ("S04", "Tiny Desk Ltd.", 3, 0.90, 0.020, 4.1, 1.00, "ITO"),
    ("S05", "云栈数据服务有限公司", 20, 0.92, 0.020, 4.1, 1.05, "ITO"),
    ("S06", "启程外包服务有限公司", 30, 0.94, 0.016, 4.3, 0.97, "BPO"),
    ("S07", "Gallant Services Co.", 40, 0.88, 0.030, 3.8, 0.92, "ITO"),
    ("S08", "独家精密检测有限公司", 12, 0.94, 0.010, 4.5, 1.00, "KPO"),
    ("S09", "Meridian BPO GmbH", 35, 0.91, 0.022, 4.0, 1.08, "BPO"),
    ("S10", "长江大数据与人工智能解决方案及信息技术外包服务（集团）股份有限公司", 25, 0.90, 0.024, 3.9, 1.01, "KPO"),
    ("S11", "Östra Data AB", 18, 0.96, 0.009, 4.6, 1.10, "KPO"),
    ("S12", "合力运维有限公司", 28, 0.85, 0.035, 3.7, 0.90, "ITO"),
)
DECLINE, SILENT, START, STOP = (2025, 9), (2026, 3), date(2025, 6, 16), date(2026, 6, 30)
ITEMS = {"desk-hour": 120.0, "field-visit": 480.0, "server-month": 900.0, "call-100": 260.0, "report": 1500.0}


def months() -> list[tuple[int, int]]:
    return [(FIRST[0] + (FIRST[1] - 1 + n) // 12, (FIRST[1] - 1 + n) % 12 + 1) for n in range(MONTHS)]


def after(month: tuple[int, int]) -> tuple[int, int]:
    return (month[0] + month[1] // 12, month[1] % 12 + 1)


def running(supplier: str, month: tuple[int, int]) -> tuple[date, date] | None:
    """The days of the month in which the contract runs, the last left out."""
    start, end = date(*month, 1), date(*after(month), 1)
    start = max(start, START) if supplier == "S06" else start
    end = min(end, STOP + timedelta(days=1)) if supplier == "S12" else end
    return (start, end) if start < end else None


def shown(us: int) -> str:
    """A moment in local time, to the minute, with its offset."""
    return moment_of(int(us) // MINUTE * MINUTE).astimezone(ZONE).isoformat(timespec="minutes")


def midnight(day: date) -> int:
    return microseconds(datetime(day.year, day.month, day.day, tzinfo=ZONE))


def random_moments(rng: np.random.Generator, days: tuple[date, date], n: int) -> np.ndarray:
    """Moments of the span, nine in ten of them between 8 and 19 o'clock."""
    day = rng.integers(0, (days[1] - days[0]).days, n)
    hour = np.where(rng.random(n) < 0.9, rng.uniform(8, 19, n), rng.uniform(0, 24, n))
    return np.sort(midnight(days[0]) + day * 86_400_000_000 + (hour * 60).astype(np.int64) * MINUTE)


def tickets_of(rng: np.random.Generator, clock: BusinessClock, supplier: tuple, days: tuple[date, date]) -> list[dict]:
    """Tickets of one supplier in one month, with their holds."""
    name, _, volume, good, *_ = supplier
    month = (days[0].year, days[0].month)
    part = (days[1] - days[0]).days / 30.4
    n = 3 if name == "S04" else 9 if (name, month) == ("S05", SILENT) else int(rng.poisson(volume * part))
    if name == "S03" and month >= DECLINE:
        good = 0.78
    opened = random_moments(rng, days, n)
    priority = rng.choice(list(LIMITS), n, p=SHARES)
    limit = np.array([LIMITS[p][1] for p in priority], dtype=float)
    spread = 0.7
    work = limit * np.exp(rng.normal(0, spread, n) - spread * _normal_quantile(good))
    answer = np.array([LIMITS[p][0] for p in priority]) * np.exp(rng.normal(0, 0.8, n) - 0.8 * _normal_quantile(good))
    answer = np.minimum(answer, work)
    held = rng.random(n) < 0.07
    begin = clock.due_us(opened, (work * 0.4).astype(np.int64) * MINUTE)
    end = begin + (rng.uniform(1, 30, n) * 60).astype(np.int64) * MINUTE
    at = np.flatnonzero(held)
    holds = Holds.merged(at, clock.spans.worked(begin[at]), clock.spans.worked(end[at]))
    closed = clock.due_us(opened, np.maximum(work, 1).astype(np.int64) * MINUTE, holds)
    responded = np.minimum(clock.due_us(opened, np.maximum(answer, 1).astype(np.int64) * MINUTE), closed)
    rows = []
    for i in range(n):
        late = work[i] > limit[i]
        leave = (name == "S07" and late and rng.random() < 0.8) or (name, month) == ("S05", SILENT)
        staff = int(rng.integers(0, 8))
        rows.append(
            {
                "supplier": name, "priority": priority[i], "opened": opened[i],
                "responded": "" if (name, month) == ("S05", SILENT) else responded[i],
                "closed": "" if leave else closed[i],
                "cancelled": closed[i] if not leave and not late and rng.random() < 0.012 else "",
                "reopened": int(rng.random() < (0.12 if late else 0.03)),
                "step": STEPS[int(rng.choice(4, p=(0.15, 0.3, 0.4, 0.15)))],
                "team": f"{name}-{'desk' if staff < 5 else 'field'}",
                "post": f"{name}-{'L1' if staff < 3 else 'L2' if staff < 5 else 'onsite'}",
                "person": f"{name}-p{staff + 1}",
                "hold": (begin[i], end[i]) if held[i] and not leave else None,
            }
        )  # fmt: skip
        if rows[-1]["cancelled"] != "":
            rows[-1]["closed"] = ""
    return rows


def _normal_quantile(p: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(p))


def write(folder: Path, name: str, columns: list[str], rows: list[list[object]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_tickets(folder: Path, rng: np.random.Generator, clock: BusinessClock, last: int) -> None:
    tickets, holds = [], []
    for supplier in SUPPLIERS:
        for month in months():
            days = running(supplier[0], month)
            for row in tickets_of(rng, clock, supplier, days) if days else ():
                key = f"{len(tickets) + 1:05}"
                moments = [row[c] for c in ("responded", "closed", "cancelled")]
                moments = [moment if moment == "" or moment < last else "" for moment in moments]
                tickets.append(
                    [key, row["supplier"], row["priority"], shown(row["opened"])]
                    + [m if m == "" else shown(m) for m in moments]
                    + [row[c] for c in ("reopened", "step", "team", "post", "person")]
                )
                if row["hold"] and row["hold"][0] < last:
                    end = row["hold"][1]
                    holds.append(
                        [key, shown(row["hold"][0]), shown(end) if end < last else "", "waiting for the client"]
                    )
    columns = ["ticket", "supplier", "priority", "opened", "responded", "closed", "cancelled", "reopened"]
    write(folder, "tickets", [*columns, "step", "team", "post", "person"], tickets)
    write(folder, "holds", ["ticket", "begin", "end", "reason"], holds)


def write_quality(folder: Path, rng: np.random.Generator) -> None:
    inspections, complaints, feedback = [], [], []
    for name, _, volume, good, defects, score, *_ in SUPPLIERS:
        for month in months():
            days = running(name, month)
            if days is None:
                continue
            worse = name == "S03" and month >= DECLINE
            rate = defects * (2.5 if worse else 1)
            for kind in ("inspection", "spot_check"):
                units = 20 if name == "S04" else int(rng.integers(60, 180) if kind == "inspection" else 30)
                bad = int(rng.binomial(units, rate))
                on = days[0] + timedelta(days=int(rng.integers(0, (days[1] - days[0]).days)))
                more = bad + int(rng.poisson(bad * 0.3))
                inspections.append([f"I{len(inspections) + 1:04}", name, on, kind, units, bad, more])
            for moment in random_moments(rng, days, int(rng.poisson(volume * (1 - good) * (1.0 if worse else 0.5)))):
                customer = f"C{int(rng.zipf(1.6)) % 40:02}"
                complaints.append([f"K{len(complaints) + 1:04}", name, shown(moment), customer, rng.choice(CAUSES)])
            for _ in range(2 if name == "S04" else 10):
                on = days[0] + timedelta(days=int(rng.integers(0, (days[1] - days[0]).days)))
                mark = int(np.clip(np.rint(rng.normal(score - (0.6 if worse else 0), 0.8)), 1, 5))
                feedback.append([f"F{len(feedback) + 1:05}", name, on, mark if rng.random() < 0.45 else ""])
    write(folder, "inspections", ["inspection", "supplier", "on", "kind", "units", "defective", "defects"], inspections)
    write(folder, "complaints", ["complaint", "supplier", "received", "customer", "cause"], complaints)
    write(folder, "feedback", ["feedback", "supplier", "sent", "score"], feedback)


def write_fulfilment(folder: Path, rng: np.random.Generator, last: int) -> None:
    milestones, outages, maintenance, drills = [], [], [], []
    for name, _, _, good, *_ in SUPPLIERS:
        for n, month in enumerate(months()):
            days = running(name, month)
            if days is None:
                continue
            for _ in range(2 if n % 3 == 2 else 1):
                due = days[1] - timedelta(days=int(rng.integers(1, 12)))
                late = int(rng.integers(1, 25)) if rng.random() > good else -int(rng.integers(0, 5))
                done = due + timedelta(days=late)
                milestones.append([f"M{len(milestones) + 1:03}", name, due, done if midnight(done) < last else ""])
            for moment in random_moments(rng, days, int(rng.poisson(0.5))):
                end = moment + int(rng.lognormal(3.3, 0.8)) * MINUTE + MINUTE
                outages.append([f"O{len(outages) + 1:03}", name, f"{name}-app", shown(moment), shown(end)])
            sunday = days[0] + timedelta(days=(6 - days[0].weekday()) % 7)
            if sunday < days[1]:
                window = midnight(sunday) + 2 * 60 * MINUTE
                maintenance.append(
                    [name, f"{name}-app", shown(window), shown(window + 120 * MINUTE), "service manager"]
                )
                if rng.random() < 0.4:
                    moment = window + int(rng.integers(0, 60)) * MINUTE
                    outages.append(
                        [f"O{len(outages) + 1:03}", name, f"{name}-app", shown(moment), shown(moment + 80 * MINUTE)]
                    )
            if n % 6 == 3:
                moment = random_moments(rng, days, 1)[0]
                answer = int(rng.lognormal(2.5, 0.5)) + 1
                recover = answer + int(rng.lognormal(4.6, 0.5))
                passed = "yes" if recover < 240 else "no"
                ends = [shown(moment + span * MINUTE) for span in (answer, recover)]
                drills.append([f"D{len(drills) + 1:02}", name, "drill", shown(moment), *ends, passed])
    write(folder, "milestones", ["milestone", "supplier", "due", "done"], milestones)
    write(folder, "outages", ["outage", "supplier", "service", "begin", "end"], outages)
    write(folder, "maintenance", ["supplier", "service", "begin", "end", "agreed_by"], maintenance)
    columns = ["drill", "supplier", "kind", "began", "responded", "recovered", "passed"]
    write(folder, "drills", columns, drills)


def write_contracts(folder: Path, rng: np.random.Generator) -> None:
    first = date(*months()[0], 1)
    contracts = [
        [name, f"V-{at + 1:02}", full, START if name == "S06" else first, STOP if name == "S12" else "", category]
        for at, (name, full, *_, category) in enumerate(SUPPLIERS)
    ]
    write(folder, "contracts", ["supplier", "contract", "name", "start", "end", "category"], contracts)
    watched = [[row[0], f"{row[0]}-app", row[3], row[4]] for row in contracts]
    write(folder, "services", ["supplier", "service", "watched_from", "watched_to"], watched)
    volumes, quotes = [], []
    for name, _, tickets, _, _, _, dear, _ in SUPPLIERS:
        for n, month in enumerate(months()):
            days = running(name, month)
            if days is None:
                continue
            volumes.append([name, days[0], days[1], int(rng.poisson(tickets * 40))])
            mine = {"measurement": 3200.0} if name == "S08" else ITEMS
            for item, price in mine.items():
                quoted = price * dear * (1 + 0.004 * n) * np.exp(rng.normal(0, 0.04))
                quotes.append([name, item, days[0], f"{quoted:.2f}", int(rng.integers(5, 60)), "CNY"])
    write(folder, "volumes", ["supplier", "begin", "end", "volume"], volumes)
    write(folder, "quotes", ["supplier", "item", "on", "price", "quantity", "currency"], quotes)


def main(folder: Path) -> None:
    """Write all tables; the stream of each part is its own, so that one can change without the others."""
    clock = BusinessClock.load(HERE / "calendar.toml")
    last = midnight(date(*after(months()[-1]), 1))
    streams = [np.random.default_rng([20261029, part]) for part in range(4)]
    write_tickets(folder, streams[0], clock, last)
    write_quality(folder, streams[1])
    write_fulfilment(folder, streams[2], last)
    write_contracts(folder, streams[3])


def differing() -> list[str]:
    """Tables of the sample that are not what this script writes."""
    with tempfile.TemporaryDirectory() as aside:
        main(Path(aside))
        return [f.name for f in sorted(Path(aside).iterdir()) if f.read_bytes() != (HERE / f.name).read_bytes()]


if __name__ == "__main__":
    if "--quick" in sys.argv:
        sys.exit(f"not as written by this script: {stale}" if (stale := differing()) else 0)
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
