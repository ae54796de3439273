"""The types that a paper's own words speak for."""

from collections.abc import Mapping, Sequence

from ..recognise import FEW_PHRASES, OTHER, PageWords
from ..vocabulary import Vocabulary
from .rows import PageRows

# A paper says on its first pages what it is.
TITLE_PAGES = 3


def types_said(vocabularies: Mapping[str, Vocabulary], pages: Sequence[PageRows]) -> list[str]:
    """The types of which a title or some phrases are printed and which nothing speaks against.

    The likeliest comes first; letters and articles about a paper say a phrase or two of it too.
    """
    said: dict[str, float] = {}
    for page in pages[:TITLE_PAGES]:
        words = PageWords(page.sheet)
        for name, vocabulary in vocabularies.items():
            cues = words.of(vocabulary)
            weight = cues.title + cues.phrases
            if name != OTHER and weight >= FEW_PHRASES and not (cues.against or cues.doubts):
                said[name] = max(said.get(name, 0.0), weight)
    return sorted(said, key=lambda name: -said[name])
