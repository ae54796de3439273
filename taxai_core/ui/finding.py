"""Finding words in the open document. What is looked for stays in the window's memory."""

from dataclasses import dataclass

import streamlit as st

from .. import service
from ..service import Place
from ..service.find import MOST_PLACES
from ..store.document import Document


@dataclass(frozen=True)
class Finding:
    """What was looked for, where it stands, and which of the places is shown."""

    phrase: str = ""
    places: tuple[Place, ...] = ()
    at: int = 0

    @property
    def words(self) -> str:
        """`2 of 3 places`, `1 place`, `nowhere`."""
        if not self.phrase:
            return ""
        if not self.places:
            return "nowhere"
        if len(self.places) == 1:
            return "1 place"
        more = "+" if len(self.places) == MOST_PLACES else ""
        return f"{self.at + 1} of {len(self.places)}{more} places"

    def as_shown(self) -> dict[str, object]:
        """What the field for it shows."""
        return {
            "phrase": self.phrase,
            "words": self.words,
            "places": len(self.places),
            "at": self.at,
        }

    def boxes_on(self, page: int) -> list[dict[str, object]]:
        """The boxes of the places on a page; those of the present place say so."""
        return [
            {"box": box.as_list(), "present": number == self.at}
            for number, place in enumerate(self.places)
            if place.page == page
            for box in place.boxes
        ]


def present_finding(document: Document) -> Finding:
    """What is looked for in this window."""
    finding: Finding = st.session_state.get(_name(document), Finding())
    return finding


def find(document: Document, phrase: str, step: int, page: int) -> int | None:
    """Look for a phrase, or go on by `step` where it is the same; return the page to turn to.

    A new phrase begins with the first place on or after `page`, the one that is shown.
    """
    before = present_finding(document)
    if phrase.strip() != before.phrase:
        places = tuple(service.find_words(document, phrase))
        at = next((n for n, place in enumerate(places) if place.page >= page), 0)
        found = Finding(phrase.strip(), places, at)
    elif before.places:
        found = Finding(before.phrase, before.places, (before.at + step) % len(before.places))
    else:
        return None
    st.session_state[_name(document)] = found
    return found.places[found.at].page if found.places else None


def _name(document: Document) -> str:
    return f"finding-{document.id}-{document.run}"
