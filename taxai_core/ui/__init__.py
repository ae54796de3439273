"""The only Streamlit inside the package: what the pages are made of."""

from .frame import frame, start_page

__all__ = ["frame", "start_page"]
