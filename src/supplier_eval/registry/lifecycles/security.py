"""Life cycles of controls, plans, drills and incidents (§7)."""

from __future__ import annotations

from supplier_eval.registry.guards import security as guards
from supplier_eval.registry.lifecycle import LifeCycle, Move

_SEEN = (guards.CONTROL_EVIDENCE, guards.CONTROL_CHECKED, guards.CONTROL_NEXT, guards.CONTROL_ANEW)
_CHECKED = ("checked_on", "checked_by", "next_check")

CONTROL = LifeCycle(
    kind="control",
    moves=(
        Move("add", "", "required", "§7.1.1", guards=(guards.CONTROL_KNOWN,)),
        *(
            Move("confirm", source, "in_place", "§7.2.1", _CHECKED, ("evidence", "attachment"), _SEEN)
            for source in ("required", "in_place", "failed")
        ),
        *(
            Move(
                "fail",
                source,
                "failed",
                "§7.2.1",
                _CHECKED,
                ("reason", "evidence"),
                (guards.CONTROL_REASON, guards.CONTROL_CHECKED, guards.CONTROL_NEXT, guards.CONTROL_ANEW),
            )
            for source in ("required", "in_place", "failed")
        ),
        *(
            Move("retire", source, "retired", "§7.1.1", (), ("reason",), (guards.CONTROL_REASON,))
            for source in ("required", "in_place", "failed")
        ),
    ),
    editable=dict.fromkeys(("required", "in_place", "failed"), ("responsible",)),
    closed=("retired",),
)

EMERGENCY_PLAN = LifeCycle(
    kind="emergency_plan",
    moves=(
        Move("add", "", "draft", "§7.1.2"),
        Move(
            "approve",
            "draft",
            "in_force",
            "§7.1.2",
            ("approved_by", "approved_on", "review_due", "recovery_minutes", "attachment"),
            (),
            (guards.PLAN_APPROVED, guards.PLAN_REVIEW, guards.PLAN_REVIEW_SOON),
        ),
        Move(
            "review",
            "in_force",
            "in_force",
            "§7.1.2",
            ("reviewed_on", "review_due"),
            (),
            (
                guards.PLAN_APPROVED,
                guards.PLAN_REVIEWED_IN_TURN,
                guards.PLAN_NEXT_REVIEW,
                guards.PLAN_NEXT_REVIEW_SOON,
                guards.PLAN_REVIEWED_ANEW,
            ),
        ),
        Move("supersede", "in_force", "superseded", "§7.1.2", ("superseded_by",), (), (guards.PLAN_SUCCESSOR,)),
        *(Move("withdraw", source, "withdrawn", "§7.1.2", ("reason",)) for source in ("draft", "in_force")),
    ),
    editable={"draft": ("*",), "in_force": ("owner",)},
    closed=("superseded", "withdrawn"),
)

DRILL = LifeCycle(
    kind="drill",
    moves=(
        Move("add", "", "planned", "§7.1.2"),
        Move(
            "hold",
            "planned",
            "held",
            "§7.1.2",
            ("held_on", "people", "target_minutes", "recovery_minutes", "result"),
            ("lessons",),
            (guards.DRILL_PLAN, guards.DRILL_HELD, guards.DRILL_TARGET, guards.DRILL_RESULT),
        ),
        Move("close", "held", "closed", "§7.1.2", (), ("lessons",), (guards.DRILL_LESSONS,)),
        Move("cancel", "planned", "cancelled", "§7.1.2", ("reason",)),
    ),
    editable={"planned": ("planned_on", "people", "target_minutes"), "held": ("lessons",)},
    closed=("closed", "cancelled"),
)

_DESCRIBED = ("title", "description", "severity", "owner", "data_class", "contract", "supplier", "lessons_due")
_TOLD = (guards.INCIDENT_CLASS, guards.INCIDENT_PAST, guards.INCIDENT_REPORT, guards.INCIDENT_CONTAINED)

INCIDENT = LifeCycle(
    kind="incident",
    moves=(
        Move("add", "", "reported", "§7.3.2", guards=_TOLD),
        Move("contain", "reported", "contained", "§7.3.2", ("contained_at", "containment"), (), _TOLD),
        Move(
            "investigate",
            "contained",
            "investigated",
            "§7.3.2",
            ("lessons_due",),
            ("departments", "causes"),
            (
                guards.INCIDENT_DEPARTMENTS,
                guards.INCIDENT_CAUSES,
                guards.INCIDENT_CAUSES_ANEW,
                guards.INCIDENT_LESSONS_DUE,
            ),
        ),
        Move(
            "learn",
            "investigated",
            "lessons",
            "§7.3.2",
            (),
            ("lessons", "actions"),
            (guards.INCIDENT_LEARNT, guards.INCIDENT_LEARNT_ANEW),
        ),
        Move(
            "close",
            "lessons",
            "closed",
            "§7.3.2",
            ("closed_on", "closed_by"),
            (),
            (guards.INCIDENT_LEARNT, guards.INCIDENT_CLOSED_IN_TURN, guards.INCIDENT_CLOSED_PAST),
        ),
        Move(
            "reopen",
            "closed",
            "contained",
            "§7.3.2",
            ("reason",),
            ("closed_on", "closed_by"),
            (guards.INCIDENT_REOPENED,),
        ),
    ),
    editable={
        "reported": _DESCRIBED,
        "contained": _DESCRIBED,
        "investigated": (*_DESCRIBED, "departments", "causes"),
        "lessons": (*_DESCRIBED, "departments", "causes", "lessons", "actions"),
    },
    closed=("closed",),
    edit_guards=(guards.INCIDENT_CLASS, guards.INCIDENT_LESSONS_DUE),
)

LIFE_CYCLES: tuple[LifeCycle, ...] = (CONTROL, EMERGENCY_PLAN, DRILL, INCIDENT)
