"""The filter for a client and a year, the same one on all pages of a window."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ..service.clients import Client, Wanted, clients, years
from ..store.document import Document
from .words import masked

WANTED = "wanted-papers"
WIDTH_PX = {"client": 220, "year": 120}


def present_wanted() -> Wanted:
    """What is asked for in this window. It stands in no address: a client is a PAN."""
    found: Wanted = st.session_state.get(WANTED, Wanted())
    return found


def client_filter(documents: Sequence[Document]) -> Wanted:
    """Draw the two choices and return what is asked for."""
    names = {client.key: client_label(client) for client in clients(documents)}
    _choice("client", "All clients", names)
    _choice("year", "All years", {year: f"FY {year}" for year in years(documents)})
    return present_wanted()


def client_label(client: Client) -> str:
    """`Meera Iyer · ABCPE…F`."""
    return " · ".join(filter(None, (client.name, masked(client.pan))))


def wanted_words(documents: Sequence[Document]) -> str:
    """What the filter leaves, in words; "" where nothing is asked for."""
    wanted = present_wanted()
    names = [client_label(one) for one in clients(documents) if one.key == wanted.client]
    return ", ".join([*names, *([f"FY {wanted.year}"] if wanted.year else [])])


def _choice(part: str, everything: str, labels: dict[str, str]) -> None:
    labels = {"": everything, **labels}
    present = getattr(present_wanted(), part)
    if present not in labels:  # its last paper was deleted
        present = ""
        st.session_state[WANTED] = replace(present_wanted(), **{part: ""})
    # A new key where the choices have changed, or another page has made the choice.
    key = f"wanted-{part}-{hash((present, *labels.values()))}"

    def choose() -> None:
        st.session_state[WANTED] = replace(present_wanted(), **{part: st.session_state[key]})

    st.selectbox(
        part.capitalize(), list(labels), index=list(labels).index(present),
        format_func=labels.__getitem__, key=key, on_change=choose,
        label_visibility="collapsed", width=WIDTH_PX[part],
    )  # fmt: skip
