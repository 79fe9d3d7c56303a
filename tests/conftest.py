"""For all tests: no example of a law is judged by how long it took, which on a shared machine says nothing."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
