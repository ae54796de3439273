"""The pages of a file that are one paper, and where another one begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..doctypes import FieldRule
from .candidate import Candidate
from .numbers import numbers_on
from .payers import Payers
from .piece import Piece
from .recognise import OTHER
from .sheet import Sheet
from .verdict import LEAST, Verdict

# What tells two papers of one type apart, read as surely as this.
KEYS, SURE = ("pan", "tan", "year", "month", "date", "identifier"), 0.8
# A name that a label or a colon announces.
SURE_NAME = 0.9
# A month may stand in the title only.
SURE_MONTH = 0.6
# A letterhead is among so many lines.
HEAD_LINES = 3


@dataclass
class Paper:
    """Pages that belong together; `waiting` are those read before its type was known."""

    type: str
    verdict: Verdict
    first_page: int
    last_page: int
    keys: dict[str, str]
    heads: frozenset[str]
    numbers: set[str] = field(default_factory=set)  # the PANs and TANs on its pages
    candidates: list[Candidate] = field(default_factory=list)
    payers: list[Payers] = field(default_factory=list)  # those that each page lists
    waiting: list[Sheet] = field(default_factory=list)
    brands: dict[Piece, float] = field(default_factory=dict)  # at the heads of its pages


def begins(paper: Paper, verdict: Verdict, keys: Mapping[str, str], sheet: Sheet) -> bool:
    """Does another paper begin with this page?"""
    if verdict.type == OTHER and verdict.is_prose and paper.type != OTHER:
        return True  # a letter or an article among the papers
    if verdict.score < LEAST:
        return _is_of_another(paper, sheet)
    if verdict.type == paper.type:
        differs = any(_differ(paper.keys.get(name, value), value) for name, value in keys.items())
        return differs and verdict.type != OTHER
    if paper.type == OTHER and not paper.verdict.has_title:
        is_cover = paper.verdict.is_short or bool(heads_of(sheet) & paper.heads)
        is_cover |= verdict.type in paper.verdict.encloses
        return verdict.has_title and not is_cover
    is_annexure = verdict.type == OTHER and (
        bool(paper.numbers & numbers_on(sheet)) or paper.type in verdict.annexure_of
    )
    return verdict.has_title and not is_annexure


def _differ(here: str, there: str) -> bool:
    """Are two keys of different papers? A name may be printed shorter or with initials."""
    if any(map(str.isdigit, here + there)):
        return here != there
    return not set(here.casefold().split()) & set(there.casefold().split())


def _is_of_another(paper: Paper, sheet: Sheet) -> bool:
    """Does a page name a person, and nobody of the paper? A resignation behind a payslip does."""
    persons, others = (_persons(each) for each in (paper.numbers, numbers_on(sheet)))
    if not others or persons & others:
        return False
    named = {one.value.casefold() for one in paper.candidates if one.score >= SURE_NAME}
    names = {name for name in named if " " in name and not any(map(str.isdigit, name))}
    said = sheet.flow.text.casefold() if sheet.flow else ""
    return bool(persons or names) and not any(name in said for name in names)


def _persons(numbers: set[str]) -> set[str]:
    return {number for number in numbers if _is_person(number)}


def _is_person(number: str) -> bool:
    return number[3] == "P" and number[4].isalpha()  # a PAN; a TAN has a figure there


def heads_of(sheet: Sheet) -> frozenset[str]:
    """The first lines of a page: two pages with one letterhead are of one issuer."""
    lines = [p.text.casefold() for p in sheet.pieces[:HEAD_LINES] if len(p.words) > 1]
    return frozenset(line for line in lines if not any(map(str.isdigit, line)))


def keys_of(said: list[Candidate], rules: Mapping[str, FieldRule]) -> dict[str, str]:
    """By what a page says which paper of its type it belongs to."""
    keys: dict[str, str] = {}
    for one in sorted(said, key=lambda one: -one.score):
        rule = rules[one.field]
        sure = SURE_MONTH if rule.kind == "month" else SURE
        is_key = rule.kind in KEYS and (rule.kind != "date" or rule.of_period)
        is_person = rule.kind == "name" and rule.holder == "person" and one.score >= SURE_NAME
        if one.score >= sure and (is_key or is_person):
            keys.setdefault(one.field, one.value)
    return keys
