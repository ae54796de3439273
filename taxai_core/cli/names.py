"""File names as they can be printed and stored."""

import os
from pathlib import Path


def shown_name(path: Path) -> str:
    """The file's name; what is no UTF-8 in it, which Linux allows, becomes `�`."""
    return os.fsencode(path.name).decode(errors="replace")
