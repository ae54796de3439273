"""Which model is asked, and pulling one that is not there yet."""

import streamlit as st

from .. import service
from ..jobs.pulling import Pull
from ..service import model as service_model
from ..service.model import ModelState
from ..sizes import file_size
from .attempt import NOTICE, attempt
from .live import live
from .model_tiles import present_state, seen_state
from .plain import plain
from .words import count

NONE = "none"
MODEL, WHEN_BACK, PULL_NAME = "model-asked", "ask-when-back", "pull-name"
CHOICE_EVERY_S, PULL_EVERY_S = 5, 2


@live(CHOICE_EVERY_S)
def choice() -> None:
    """The models of the server, which one is asked, and when."""
    _tell_notice()
    if (state := seen_state()) is None:
        return
    names = [one.name for one in state.server.models] if state.server else []
    chosen = state.chosen or NONE
    # What is stored is what is shown, in every window. A widget is another one when that changes:
    # were it set from here at each look, a choice that is on its way would be set back.
    model, when_back = f"{MODEL}-{chosen}", f"{WHEN_BACK}-{state.when_back}"
    names = [NONE, *names] if chosen in names else list(dict.fromkeys((NONE, chosen, *names)))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "Model that is asked",
            names,
            index=names.index(chosen),
            key=model,
            width=260,
            on_change=_choose,
            args=(model, chosen),
        )
        st.toggle(
            "Ask by itself when the server is back",
            value=state.when_back,
            key=when_back,
            on_change=_when_back,
            args=(when_back, state.when_back),
        )
        if chosen != NONE and state.not_asked:
            st.button(
                f"Ask about {state.not_asked} now",
                icon=":material/neurology:",
                key="ask-all",
                on_click=_ask_all,
            )
    _advice(state, chosen)
    _models(state)


def _advice(state: ModelState, chosen: str) -> None:
    if chosen == NONE:
        st.caption("Nothing is asked: what the rules leave open stays open until it is typed.")
    elif state.server and state.server.answers and not state.server.has(chosen):
        st.warning(
            f"The server does not have {plain(chosen)}. Pull it as told below, or choose another."
        )
    else:
        open_ = f"{count(state.not_asked, 'document')} could not be asked about so far."
        usual = "Documents with gaps are asked about by themselves as they are read."
        st.caption(open_ if state.not_asked else usual)
    st.caption(f"For this machine: {plain(state.recommended.why)}")


def _models(state: ModelState) -> None:
    if not state.server or not state.server.answers:
        st.caption("Which models the server has is not known before it answers.")
        return
    if not state.server.models:
        st.caption("The server has no model yet. Pull one.")
        return
    rows = [
        {
            "Models of the server": one.name,
            "On disk": file_size(one.size_bytes),
            "Parameters": one.parameter_size,
            "Quantization": one.quantization,
        }
        for one in state.server.models
    ]
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(rows, column_config={"On disk": right}, row_height=28, key="models")


def _tell_notice() -> None:
    """What an act could not do is told at the top, which a part that is drawn by itself is not."""
    if NOTICE in st.session_state:
        st.rerun(scope="app")


def _ask_all() -> None:
    for document in attempt(service.documents_to_ask, again=False) or ():
        attempt(service.ask_model, document.id, is_urgent=False)
    present_state.clear()


def _choose(key: str, chosen: str) -> None:
    name = st.session_state[key]
    attempt(service_model.choose_model, "" if name == NONE else name)
    if NOTICE in st.session_state:  # it could not be stored
        st.session_state[key] = chosen
    present_state.clear()


def _when_back(key: str, when_back: bool) -> None:
    attempt(service_model.ask_when_back, st.session_state[key])
    if NOTICE in st.session_state:
        st.session_state[key] = when_back
    present_state.clear()


def pull_box() -> None:
    """Have the server pull a model, with how far that is."""
    state = seen_state()
    recommended = state.recommended.model if state else None
    with st.container(border=True):
        st.subheader("Pull a model", anchor=False)
        if state and not state.pulls_itself:
            _pulled_from_outside()
            return
        st.caption(
            "The server fetches it from ollama.com; nothing of yours is sent. It needs the network "
            "for that only."
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Name", value=recommended or "", key=PULL_NAME)
            st.button("Pull", icon=":material/download:", disabled=not name.strip(), on_click=_pull)
        _pulling()


def _pulled_from_outside() -> None:
    st.caption(
        "In containers the model server has no way out to the internet. This alone goes out, and "
        "fetches what `OLLAMA_MODEL` in `docker/.env` names:"
    )
    st.code("docker/deploy.sh pull", language="sh")


def _pull() -> None:
    attempt(service_model.pull_model, st.session_state[PULL_NAME])
    present_state.clear()


def _cancel() -> None:
    attempt(service_model.cancel_pull)
    present_state.clear()


@live(PULL_EVERY_S)
def _pulling() -> None:
    _tell_notice()
    state = seen_state()
    if state and state.pull:
        _how_far(state.pull)


def _how_far(pull: Pull) -> None:
    name = plain(pull.model)
    if pull.is_unfinished:
        share = pull.completed / pull.total if pull.total else 0.0
        far = f": {file_size(pull.completed)} of {file_size(pull.total)}" if pull.total else "…"
        st.progress(min(1.0, share), text=f"Pulling {name}{far}")
        st.button("Cancel", key="cancel-pull", type="tertiary", on_click=_cancel)
    elif pull.state == "failed":
        st.warning(f"{name}: {plain(pull.error or '')}")
    elif pull.state == "done":
        st.caption(f":material/check: {name} is there. Choose it to have it asked.")
    else:
        st.caption(f"{name} is pulled no more. What has arrived is kept for another time.")
