"""Indicators for tests: figures small enough to check by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

START = date(2026, 1, 1)


def defined(**changes):
    """A number of open incidents: amber from 5 (left at 4), red from 10 (left at 8), a reading every 10 days."""
    one = {
        "id": "open", "name": {"en": "open incidents", "zh": "未结事件"}, "unit": "n", "direction": "up",
        "amber": {"enter": 5, "leave": 4}, "red": {"enter": 10, "leave": 8}, "every": 10, "owner": "Lin",
        "action_red": {"en": "stop new work", "zh": "暂停新工作"}, "due_amber": 20, "due_red": 5,
    }  # fmt: skip
    return one | changes


def history(values, indicator="open", step=10):
    days = [START + timedelta(days=step * at) for at in range(len(values))]
    return pd.DataFrame({"indicator": [indicator] * len(values), "on": days, "value": values})


def day(at):
    return START + timedelta(days=at)
