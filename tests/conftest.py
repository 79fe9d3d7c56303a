"""For all tests: laws are tried on the same examples in every run, and none is judged by how long it took.

The wall-clock says nothing on a shared machine, and a run that lands a change must answer for the change, not for the
luck of its examples. To search for new ones: ``python -m pytest --hypothesis-profile=searching``.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("searching", deadline=None)
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")
