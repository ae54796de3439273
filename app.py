"""The page server: the pages, and beside them what it counts of itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from taxai_core.settings import get_settings


@asynccontextmanager
async def serving(_: st.App) -> AsyncIterator[None]:
    """From the start of the server to its end; a page's script runs only when somebody looks."""
    if get_settings().metrics_port:
        from taxai_core.ui.page_server import serve_metrics

        serve_metrics()
    yield


app = st.App("streamlit_app.py", lifespan=serving)
