"""Asking the model for one token, from the Health page."""

from ..health.model import answer
from .health_list import row
from .trial import trial


def token_trial() -> None:
    """Draw the button, with what came of it."""
    trial("token", "Ask the model one token", lambda found: row(answer(found)))
