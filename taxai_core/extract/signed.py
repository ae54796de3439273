"""Who signed a paper: the name in brackets over what the signer is, `(Vinod Sethi)`, `Landlord`."""

import re
from collections.abc import Iterator, Sequence

from .candidate import Candidate, candidate
from .names import has_body, has_role, name_in
from .sheet import Sheet
from .spots import Spot
from .vocabulary import Vocabulary

# As surely as a label says it, less because the label may be of another line.
SIGNED = 0.8
# What the signer is stands this close below the name, in heights of its print.
CLOSE_EM = 1.2
_BRACKETED = re.compile(r"\(\s*([^()\d]{3,60}?)\s*\)")


def signers(sheet: Sheet, vocabulary: Vocabulary, spots: Sequence[Spot]) -> Iterator[Candidate]:
    """Names in brackets over a label of the person's: the name, the PAN, the signature."""
    bracketed = [(p, m) for p in sheet.pieces if (m := _BRACKETED.fullmatch(p.text))]
    rules = [r for r in vocabulary.document_type.fields if r.kind == "name"]
    for rule in (rule for rule in rules if rule.holder != "entity" and bracketed):
        own = {s.piece for s in spots if s.start == 0 and rule.is_of_owner(s.field)}
        for piece, m in bracketed if own else ():
            below = sheet.below(piece)[:1]
            if not any(p in own and p.top - piece.bottom < CLOSE_EM * piece.size for p in below):
                continue
            value = name_in(rule, m[1], vocabulary)
            if value and value.end == len(m[1]) and not (has_role(m[1]) or has_body(m[1])):
                words = piece.words_at(m.start(1), m.end(1))
                yield candidate(sheet, rule.name, value.text, piece, words, SIGNED, "signed")
