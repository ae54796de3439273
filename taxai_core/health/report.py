"""All checks as plain text, for whoever is asked for help. Nothing in it is personal."""

import platform
from collections.abc import Iterable
from datetime import datetime

import taxai_core

from .check import Check


def report(checks: Iterable[Check], at: datetime) -> str:
    """The report of what was seen at a moment."""
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    head = f"TaxAI {taxai_core.__version__}, {at.astimezone().isoformat(' ', 'minutes')}, {system}"
    return "\n".join([head, *map(_line, checks)])


def _line(check: Check) -> str:
    return f"{check.state:<4}  {check.name:<12}  {check.figure:<18}  {check.sentence}"
