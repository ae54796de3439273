"""The server, the model in its memory, its slots and its breaker, at a glance."""

from datetime import UTC, datetime

import streamlit as st

from ..ai.server import LoadedModel
from ..errors import TaxAIError
from ..service.model import ModelState, model_state
from ..sizes import memory_size
from .live import live
from .plain import plain
from .words import count, duration, moment

LOOK_EVERY_S = 2
TILES = "model-tiles"
# All four are as high as the one that says most, and none changes when it says a line more.
_STYLE = f"""<style>
.st-key-{TILES} [data-testid="stColumn"] > div > div {{ min-height: 10rem; }}
</style>"""
MAPPED = {
    "yes": "Weights mapped: the kernel can take them back.",
    "no": "Weights not mapped: all of it counts as used.",
    "unknown": "Weights mapped or not: unknown.",
}
UNKNOWN = "unknown", "The queue, in which it is noted, does not answer.", ""
WRONG, BUSY = ":orange[:material/error:]", ":material/hourglass_top:"


@st.cache_data(ttl=1, show_spinner=False)
def present_state() -> ModelState:
    """How things are, asked once a second however many windows are open.

    Raises StorageError, and what opening the store does.
    """
    return model_state()


def seen_state() -> ModelState | None:
    """How things are; None where that cannot be read, which the tiles say for the whole page."""
    try:
        return present_state()
    except TaxAIError:
        return None


@live(LOOK_EVERY_S)
def model_tiles() -> None:
    """Draw them."""
    try:
        state = present_state()
    except TaxAIError as error:
        st.warning(str(error), icon=":material/error:")
        return
    if not state.queue_up:
        st.warning("The queue does not answer, so nobody can ask the model.")
    tiles = (
        ("Server", *_server(state)),
        ("In memory", *_memory(state)),
        (count(state.slots, "slot"), *_slot(state)),
        ("After failures", *_breaker(state)),
    )
    st.html(_STYLE)
    with st.container(key=TILES):
        for box, (title, said, more, icon) in zip(st.columns(4), tiles, strict=True):
            with box.container(border=True, height="stretch", gap="xxsmall"):
                st.caption(title)
                st.markdown(f"{icon} **{plain(said)}**".strip())
                if more:
                    st.caption(plain(more))


def _server(state: ModelState) -> tuple[str, str, str]:
    if not state.queue_up:
        return UNKNOWN
    server = state.server
    if server is None:
        return "not looked for yet", "The keeper looks for it every 15 seconds.", ""
    if not server.answers:
        return "does not answer", server.url, WRONG
    version = f"Ollama {server.version}" if server.version else "Ollama"
    return f"{version} answers", server.url, ""


def _memory(state: ModelState) -> tuple[str, str, str]:
    if not state.queue_up:
        return UNKNOWN
    if state.server and not state.server.answers:
        return "unknown", "The server does not answer.", ""
    if (held := _held(state)) is None:
        return "no model", "It is loaded at the first question.", ""
    video = (
        f", {memory_size(held.vram_bytes)} of it on the graphics card" if held.vram_bytes else ""
    )
    process = state.process
    mapped = f"{MAPPED[process.mapped]} {process.how}" if process else ""
    return f"{held.name} · {memory_size(held.size_bytes)}{video}", mapped, ""


def _held(state: ModelState) -> LoadedModel | None:
    """The model in memory: the one that is asked, where it holds several."""
    there = state.server.in_memory if state.server else ()
    asked = {state.chosen, f"{state.chosen}:latest"}
    return next((one for one in there if one.name in asked), next(iter(there), None))


def _slot(state: ModelState) -> tuple[str, str, str]:
    waiting = f"{len(state.waiting)} waiting." if state.waiting else "Nobody waits."
    if not state.queue_up:
        return UNKNOWN
    if not state.now and state.is_asked:
        return "asking", f"Somebody tries it out. {waiting}", BUSY
    if not state.now:
        return "free", waiting, ""
    line = state.now[0]
    since = line.ask.started_at
    seconds = (datetime.now(UTC) - since).total_seconds() if since else 0.0
    return f"asking, {duration(seconds)}", f"{line.name}. {waiting}", BUSY


def _breaker(state: ModelState) -> tuple[str, str, str]:
    if not state.queue_up:
        return UNKNOWN
    breaker, last = state.breaker, ""
    if breaker.error and breaker.at:
        last = f"Last error, {moment(breaker.at)}: {breaker.error}"
    if breaker.state == "open":
        said = (
            f"left alone, {duration(breaker.rests_s)} more" if breaker.rests_s else "to be probed"
        )
        return said, last, WRONG
    if breaker.state == "half-open":
        return "being probed", last, BUSY
    return "breaker closed", last or "No failure in the last day.", ""
