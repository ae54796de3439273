"""What speaks for a type on a page, and what against it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..doctypes import DocumentType
from .candidate import Candidate

# Weights of the values found: an amount, another value, and a label without its value.
AMOUNT, MOST_AMOUNTS, VALUE, MOST_VALUES, LABEL, MOST_LABELS = 0.6, 6.0, 0.25, 1.25, 0.2, 2.0
# All values that every paper of a type has.
COMPLETE = 1.0
# A value found less surely does not count.
SURE = 0.6
# A group of values that every paper of a type has, and this one has not.
LACKING = 1.6
# What says that the amounts of a page are an example's, an offer's or another paper's: each time it
# speaks against a type, and this share of what the values say is left.
DOUBT, DOUBTED, MOST_DOUBTS = 0.6, 0.4, 4
# The words that name what a paper says in its sentences.
IN_SENTENCES = ("said", "clause")
# So many labels without a value are a form that is not filled in.
BLANK_FORM = 6


@dataclass
class Cues:
    """What speaks for a type on a page, and how often something says that it is another."""

    title: float = 0.0
    phrases: float = 0.0
    values: float = 0.0
    against: float = 0.0
    doubts: int = 0

    @property
    def score(self) -> float:
        """All of it."""
        return self.title + self.phrases + self.values - self.against

    def weigh_values(
        self,
        document_type: DocumentType,
        said: Iterable[Candidate],
        labels: set[str],
        unlabelled: Iterable[Candidate] = (),
    ) -> None:
        """Weigh what the values found speak for and against a type.

        Every paper of a type has a value of each core group, `unlabelled` ones among them; a form
        in which nothing is filled in has the labels only.
        """
        no_way = ("before a PAN", *(IN_SENTENCES if document_type.recognise.tabled else ()))
        has = {one.field for one in said if one.score >= SURE and one.by not in no_way}
        amounts = {rule.name for rule in document_type.fields if rule.kind == "amount"}
        self.values = min(MOST_AMOUNTS, AMOUNT * len(has & amounts))
        self.values += min(MOST_VALUES, VALUE * len(has - amounts))
        self.values += min(MOST_LABELS, LABEL * len(labels - has))
        core = document_type.recognise.core
        known = has | {one.field for one in unlabelled if one.score >= SURE}
        missing = sum(not known & set(group) for group in core)
        if not missing:
            self.values += COMPLETE
        elif len(labels) < min(BLANK_FORM, len(document_type.fields)) or len(has) > 1:
            self.against += LACKING * missing
        self.values *= DOUBTED**self.doubts
        self.against += DOUBT * self.doubts
