"""What the pages tell about limits."""

from dataclasses import dataclass

from ..settings import get_settings


@dataclass(frozen=True)
class Limits:
    """How much one file may be."""

    max_file_mb: int
    max_pages: int


def limits() -> Limits:
    """The limits in force."""
    settings = get_settings()
    return Limits(settings.max_file_mb, settings.max_pages)
