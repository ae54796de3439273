"""What the pages tell about limits."""

from dataclasses import dataclass

from ..settings import get_settings


@dataclass(frozen=True)
class Limits:
    """How much one file may be, and what reading one document may take.

    `workers` is the most that the keeper asks for, None where a container engine decides.
    """

    max_file_mb: int
    max_pages: int
    job_memory_mb: int
    read_for_s: int
    job_timeout_s: int
    page_timeout_s: int
    workers: int | None


def limits() -> Limits:
    """The limits in force."""
    settings = get_settings()
    return Limits(
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        job_memory_mb=settings.job_memory_mb,
        read_for_s=settings.read_for_s,
        job_timeout_s=settings.job_timeout_s,
        page_timeout_s=settings.page_timeout_s,
        workers=settings.workers if settings.scaling == "keeper" else None,
    )
