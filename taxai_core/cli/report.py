"""docs/benchmarks.md: one file, in which each bench replaces its own section."""

import importlib.metadata
import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import psutil

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
TITLE = (
    "# Benchmarks\n\n"
    "Each section is what the command named in it measured, and is written by that command.\n"
)
_MARK = "<!-- bench: {} -->"
_ANY_MARK = _MARK.format(r"[a-z-]+")
# What a figure depends on beside the machine.
_LIBRARIES = ("camelot-py", "pdfplumber", "pypdfium2")


def write_section(name: str, body: str, report: Path = REPORT) -> None:
    """Put a section in place of the one of that name, or after all others."""
    text = report.read_text(encoding="utf-8") if report.exists() else TITLE
    section = f"{_MARK.format(name)}\n{body.strip()}\n"
    old = re.compile(rf"{_MARK.format(name)}\n.*?(?=\n{_ANY_MARK}|\Z)", re.DOTALL)
    if old.search(text):
        text = old.sub(lambda _: section, text, count=1)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(text.rstrip() + "\n", encoding="utf-8")


def circumstances(command: str) -> str:
    """When, on what and how it was measured, as one paragraph."""
    memory_gb = round(psutil.virtual_memory().total / (1 << 30))
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    return (
        f"`{command}`, {date.today():%-d %B %Y}, {os.cpu_count()} cores "
        f"({platform.machine()}), {memory_gb} GB, {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}."
    )


def as_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
