"""Model: the server that fills the gaps, what it holds, and what waits for it."""

import streamlit as st

from taxai_core.ui import start_page
from taxai_core.ui.model_choice import choice, pull_box
from taxai_core.ui.model_queue import asked_lately, waiting_list
from taxai_core.ui.model_tiles import model_tiles
from taxai_core.ui.model_trial import trial_box

start_page("Model")

model_tiles()
left, right = st.columns([3, 2], gap="medium")
with left:
    choice()
    waiting_list()
    asked_lately()
with right:
    pull_box()
    trial_box()
