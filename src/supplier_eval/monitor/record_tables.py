"""The tables of service records: which columns each has, what they hold, which are required (docs/kpis.md)."""

from __future__ import annotations

from supplier_eval.intake.tables import Column, TableContract

STAFF = tuple(Column(name, "id", required=False, filled=False) for name in ("step", "team", "post", "person"))


def _own(name: str, kind: str) -> Column:
    """A column that may be missing or blank."""
    return Column(name, kind, required=False, filled=False)  # type: ignore[arg-type]


CONTRACTS = TableContract(
    "contracts",
    (
        Column("supplier", "id"),
        _own("contract", "id"),
        Column("name", "text", required=False, filled=False),
        Column("start", "date"),
        Column("end", "date", filled=False),
        _own("category", "id"),
        _own("peer_group", "id"),
    ),
    key=("supplier", "contract"),
)
TICKETS = TableContract(
    "tickets",
    (
        Column("ticket", "id", unique=True),
        Column("supplier", "id"),
        Column("priority", "id"),
        Column("opened", "moment"),
        Column("responded", "moment", required=False, filled=False),
        Column("closed", "moment", filled=False),
        _own("cancelled", "moment"),
        _own("reopened", "number"),
        *STAFF,
    ),
    key=("ticket",),
)
HOLDS = TableContract(
    "holds",
    (Column("ticket", "id"), Column("begin", "moment"), Column("end", "moment", filled=False), _own("reason", "text")),
    key=("ticket", "begin"),
)
INSPECTIONS = TableContract(
    "inspections",
    (
        Column("inspection", "id", unique=True),
        Column("supplier", "id"),
        Column("on", "date"),
        Column("kind", "choice", choices=("inspection", "spot_check", "feedback")),
        Column("units", "number"),
        Column("defective", "number", filled=False),
        _own("defects", "number"),
        *STAFF,
    ),
    key=("inspection",),
)
COMPLAINTS = TableContract(
    "complaints",
    (
        Column("complaint", "id", unique=True),
        Column("supplier", "id"),
        Column("received", "moment"),
        Column("customer", "id"),
        Column("cause", "id"),
        _own("closed", "moment"),
        *STAFF,
    ),
    key=("complaint",),
)
MILESTONES = TableContract(
    "milestones",
    (
        Column("milestone", "id", unique=True),
        Column("supplier", "id"),
        Column("due", "date"),
        Column("done", "date", filled=False),
        _own("cancelled", "date"),
        *STAFF,
    ),
    key=("milestone",),
)
SERVICES = TableContract(
    "services",
    (
        Column("supplier", "id"),
        Column("service", "id"),
        Column("watched_from", "date"),
        Column("watched_to", "date", filled=False),
    ),
    key=("supplier", "service"),
)
OUTAGES = TableContract(
    "outages",
    (
        Column("outage", "id", unique=True),
        Column("supplier", "id"),
        Column("service", "id"),
        Column("begin", "moment"),
        Column("end", "moment", filled=False),
        _own("cause", "id"),
    ),
    key=("outage",),
)
MAINTENANCE = TableContract(
    "maintenance",
    (
        Column("supplier", "id"),
        Column("service", "id"),
        Column("begin", "moment"),
        Column("end", "moment"),
        _own("agreed_by", "text"),
    ),
    key=("supplier", "service", "begin"),
)
FEEDBACK = TableContract(
    "feedback",
    (
        Column("feedback", "id", unique=True),
        Column("supplier", "id"),
        Column("sent", "date"),
        Column("score", "number", filled=False),
        *STAFF,
    ),
    key=("feedback",),
)
QUOTES = TableContract(
    "quotes",
    (
        Column("supplier", "id"),
        Column("item", "id"),
        Column("on", "date"),
        Column("price", "number"),
        _own("quantity", "number"),
        _own("currency", "id"),
    ),
    key=("supplier", "item", "on"),
)
VOLUMES = TableContract(
    "volumes",
    (
        Column("supplier", "id"),
        Column("begin", "date"),
        Column("end", "date"),
        Column("volume", "number"),
    ),
    key=("supplier", "begin"),
)
DRILLS = TableContract(
    "drills",
    (
        Column("drill", "id", unique=True),
        Column("supplier", "id"),
        Column("kind", "choice", choices=("drill", "event")),
        Column("began", "moment"),
        Column("responded", "moment", filled=False),
        Column("recovered", "moment", filled=False),
        _own("passed", "yes_no"),
        *STAFF,
    ),
    key=("drill",),
)
LEVELS = ("contract", "team", "post", "person")
TARGETS = TableContract(
    "targets",
    (
        Column("supplier", "id"),
        Column("kpi", "id"),
        Column("level", "choice", choices=LEVELS),
        Column("node", "id"),
        Column("parent", "id", filled=False),
        Column("target", "number"),
        Column("owner", "text", filled=False),
        Column("volume", "number"),
    ),
    key=("supplier", "kpi", "node"),
)
RECORD_TABLES: dict[str, TableContract] = {
    table.name: table
    for table in (
        *(CONTRACTS, TICKETS, HOLDS, INSPECTIONS, COMPLAINTS, MILESTONES, SERVICES, OUTAGES, MAINTENANCE),
        *(FEEDBACK, QUOTES, VOLUMES, DRILLS, TARGETS),
    )
}
NEEDED: dict[str, tuple[str, ...]] = {
    "response_time": ("tickets",),
    "resolution_time": ("tickets",),
    "first_time_right": ("tickets",),
    "accuracy": ("inspections",),
    "defects_per_unit": ("inspections",),
    "satisfaction": ("feedback",),
    "availability": ("services", "outages"),
    "milestones": ("milestones",),
    "repeat_complaints": ("complaints",),
    "complaints_per_volume": ("complaints",),
    "price_level": ("quotes",),
    "emergency_response": ("drills",),
    "emergency_recovery": ("drills",),
    "drills_passed": ("drills",),
}
