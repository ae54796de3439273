"""Finding words in a document, and where they stand on its pages."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from ..errors import DamagedError
from ..jobs.workplace import get_store
from ..models import Box, Word, Words
from ..store.document import Document
from ..store.page_words import get_words

# Nobody goes through more. One letter stands at 154,000 places on 500 full pages, which took 7 s to
# collect; this many take 0.1 s.
MOST_PLACES = 1000


@dataclass(frozen=True)
class Place:
    """Where a phrase stands: a page, and a box for each line that it runs over."""

    page: int
    boxes: tuple[Box, ...]


def page_words(document: Document, page: int) -> Words:
    """The words of a page with their boxes; none where it has none or they are damaged."""
    try:
        return get_words(get_store(), document.id, document.run, page).words
    except DamagedError:
        return Words()


def find_words(document: Document, phrase: str) -> list[Place]:
    """Find a phrase on all pages, in reading order, whatever its capitals; parts of words too.

    The first `MOST_PLACES` are returned.
    """
    wanted = " ".join(phrase.casefold().split())
    if not wanted:
        return []
    found = (
        place
        for page in range(1, (document.pages_total or 0) + 1)
        for place in _places(page, page_words(document, page), wanted)
    )
    return list(islice(found, MOST_PLACES))


def _places(page: int, packed: Words, wanted: str) -> Iterator[Place]:
    texts = packed.text.casefold().split("\n")
    line = " ".join(texts)
    if (at := line.find(wanted)) < 0:
        return
    words = list(packed.unpack())
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    while at >= 0:
        end = at + len(wanted)
        found = words[bisect_right(starts, at) - 1 : bisect_right(starts, end - 1)]
        yield Place(page, tuple(_lines(found)))
        at = line.find(wanted, end)


def _lines(words: list[Word]) -> Iterator[Box]:
    """One box for each run of words that stand side by side."""
    box: Box | None = None
    for word in words:
        if box and word.x0 >= box.x0 and word.top < box.bottom and word.bottom > box.top:
            box = Box(
                x0=box.x0,
                top=min(box.top, word.top),
                x1=max(box.x1, word.x1),
                bottom=max(box.bottom, word.bottom),
            )
            continue
        if box:
            yield box
        box = Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)
    if box:
        yield box
