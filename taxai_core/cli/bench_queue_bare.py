"""What RQ runs without us: reading a paper from one file into another, and nothing at all."""

import json
from pathlib import Path

from ..pipeline import known_types, process_pdf
from ..settings import get_settings

READ = f"{__name__}.read_paper"
NOTHING = f"{__name__}.do_nothing"


def read_paper(path: str, result: str) -> None:
    """RQ job: the reading that ours does, with its result as JSON; nothing is kept on the way."""
    settings = get_settings()
    reading = process_pdf(
        Path(path).read_bytes(),
        password=None,
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        page_timeout_s=settings.page_timeout_s,
        with_pictures=True,
        keep_words=False,
        types=known_types(settings.doctypes_path),
    )
    Path(result).write_text(json.dumps(reading.as_contract(Path(path).name)), encoding="utf-8")


def do_nothing() -> None:
    """RQ job: what forking, queue and clean-up cost by themselves."""
