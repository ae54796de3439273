"""The frame and the navigation of the pages."""

from taxai_core.ui import frame

frame().run()
