"""How the work goes, at a glance: what is read, waits, was finished, and how long it takes."""

import streamlit as st

from ..service.work import Work
from ..store.pace import Pace
from .words import about, count, duration

TILES = "work-tiles"


def work_tiles(work: Work) -> None:
    """Draw four tiles that are always as high as each other."""
    running, waiting = work.counts.get("extracting", 0), work.counts.get("queued", 0)
    pace = work.pace
    tiles = (
        ("Running", f"{running:,}", _readers(work)),
        ("Waiting", f"{waiting:,}", _line(work, waiting)),
        ("Finished in the last hour", *_finished(pace)),
        ("From drop to review, median", *_spread(pace)),
    )
    with st.container(key=TILES):
        for box, (title, figure, more) in zip(st.columns(4), tiles, strict=True):
            with box.container(border=True, height="stretch", gap="xxsmall"):
                st.caption(title)
                st.markdown(f"### {figure}")
                st.caption(more)


def _readers(work: Work) -> str:
    if not work.queue_up:
        return "The queue does not answer."
    return f"{count(work.readers, 'worker')} to read papers"


def _line(work: Work, waiting: int) -> str:
    if not waiting:
        return "Nobody waits."
    last_s = work.all_begun_in_s
    return f"All begun in {about(last_s)}" if last_s is not None else "How long is not known yet."


def _finished(pace: Pace | None) -> tuple[str, str]:
    if pace is None:
        return "–", "Not known now."
    if not (done := pace.read + pace.failed):
        return "0", "Nothing was read in that time."
    rate = f"{pace.documents_a_minute:.1f} a minute · {pace.pages_an_hour:,.0f} pages an hour"
    return f"{done:,}", f"{rate}  \n{pace.failed:,} failed"


def _spread(pace: Pace | None) -> tuple[str, str]:
    if pace is None or not (pace.both and pace.waiting and pace.reading):
        return "–", "Known when something was read within the last hour."
    parts = f"{duration(pace.waiting.median_s)} waiting, {duration(pace.reading.median_s)} reading"
    return duration(pace.both.median_s), f"95 % within {duration(pace.both.most_s)}  \n{parts}"


def pace_line(pace: Pace | None) -> str:
    """How long the documents of the last hour took, in a sentence; nothing where none was read."""
    if pace is None or not (pace.both and pace.waiting and pace.reading):
        return ""
    said = "; ".join(
        f"{what} {duration(one.median_s)}, 95 % within {duration(one.most_s)}"
        for what, one in (
            ("waiting", pace.waiting),
            ("reading", pace.reading),
            ("both together", pace.both),
        )
    )
    return f"The {count(pace.read, 'document')} read in the last hour: {said}."
