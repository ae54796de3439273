"""Of all readings of all fields those that fit together best."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from ..doctypes import CheckRule, DocumentType
from .alone import BY as ALONE
from .candidate import Candidate
from .checks import status_of
from .found import IN_WORDS

# A value is given from this score on; one that makes a sum come out needs less.
LEAST, LEAST_IN_A_SUM = 0.5, 0.3
# Another value that is nearly as likely is told of.
RIVAL, NEAR = 0.55, 0.2
# A place that two fields claim as much is left to the one that has no other, by a field whose next
# reading is hardly less likely.
AS_MUCH, HARDLY_LESS = 0.01, 0.03
# A value as sure as this is kept where a sum has no value for one of its parts.
SURE = 0.9
# How many readings of a field are tried where a sum does not come out.
MOST_TRIED = 4


@dataclass(frozen=True, eq=False)
class Option:
    """One value of a field, with all places that say so, the best first."""

    field: str
    value: str
    places: tuple[Candidate, ...]
    score: float

    @property
    def best(self) -> Candidate:
        """The place that says so best."""
        return self.places[0]


@dataclass(frozen=True, eq=False)
class Choice:
    """What is taken for a field, and what else stands against it."""

    option: Option
    rival: Option | None = None


def choose(document_type: DocumentType, candidates: Iterable[Candidate]) -> dict[str, Choice]:
    """Choose a value for each field that has one.

    No place is read for two fields; where a sum does not come out, the next likely values are
    tried, and a set that adds up is better than one value that looks better.
    """
    options = _options(candidates)
    shared = _sharing(document_type)
    amounts = {rule.name for rule in document_type.fields if rule.kind == "amount"}
    chosen: dict[str, Option] = {}
    taken: dict[tuple[int, float, float], str] = {}
    likely: dict[tuple[int, float, float], float] = defaultdict(float)
    for one in (c for each in options.values() for o in each for c in o.places):
        likely[one.place] = max(likely[one.place], one.score)
    ranked = sorted((o for each in options.values() for o in each), key=lambda o: -o.score)
    for option in ranked:
        if option.field in chosen or option.score < LEAST:
            continue
        if option.field in amounts and _is_left_to_another(option, options, chosen):
            continue
        free = [c for c in option.places if _is_free(c, taken, shared, amounts)]
        # It may stand again where another field is more likely to have its value.
        free = [c for c in free if c is free[0] or c.score >= likely[c.place]]
        if not free:
            continue
        chosen[option.field] = Option(option.field, option.value, tuple(free), option.score)
        for one in free:
            taken.setdefault(one.place, option.field)
    _add_up(document_type, options, chosen)
    return {
        name: Choice(option, _rival(options[name], option, taken))
        for rule in document_type.fields
        if (name := rule.name) in chosen
        for option in [chosen[name]]
    }


def _is_left_to_another(
    option: Option, options: Mapping[str, list[Option]], chosen: Mapping[str, Option]
) -> bool:
    """Has another field nothing but this place, and this field another one nearly as likely?"""
    place = option.best.place
    others = [o for o in options[option.field] if o.best.place != place]
    if not any(o.score >= option.score - HARDLY_LESS for o in others):
        return False
    return any(
        each[0].best.place == place
        and each[0].score >= option.score - AS_MUCH
        and all(o.score < LEAST for o in each[1:])
        for field, each in options.items()
        if field != option.field and field not in chosen
    )


def _options(candidates: Iterable[Candidate]) -> dict[str, list[Option]]:
    grouped: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        grouped[one.field, _same(one.value)].append(one)
    options: dict[str, list[Option]] = defaultdict(list)
    for (field, _), found in grouped.items():
        found.sort(key=lambda c: (c.note == IN_WORDS, -c.score))  # a figure is easier to check
        options[field].append(Option(field, found[0].value, tuple(found), _together(found)))
    for each in options.values():
        each.sort(key=lambda o: -o.score)
    return options


def _same(value: str) -> str:
    """Names differ in capitals and dots from page to page."""
    return "".join(c for c in value.casefold() if c.isalnum() or c in "-./")


def _together(found: Sequence[Candidate]) -> float:
    """Two places that say the same are surer than one: as independent witnesses, half believed."""
    doubt = 1.0
    places = set()
    for index, one in enumerate(found):
        if one.place in places:
            continue
        places.add(one.place)
        doubt *= 1 - min(one.score, 0.99) * (1 if index == 0 else 0.5)
    return 1 - doubt


def _is_free(
    one: Candidate,
    taken: Mapping[tuple[int, float, float], str],
    shared: Collection[Set[str]],
    amounts: Set[str],
) -> bool:
    """Is its place no other field's, or of one that may stand in the same place?"""
    owner = taken.get(one.place)
    if owner is None or owner == one.field or one.by in ("period", "words", ALONE):
        return True
    if one.by == "said" and one.field not in amounts:
        return True
    return any({owner, one.field} <= fields for fields in shared)


def _sharing(document_type: DocumentType) -> list[Set[str]]:
    """Fields that one print may be: both ends of a period, tax deducted and tax deposited."""
    same = [check for check in document_type.checks if check.equals and not check.minus]
    pairs = [{*check.plus, check.equals or ""} for check in same if len(check.plus) == 1]
    return [{rule.name for rule in document_type.fields if rule.of_period}, *pairs]


def _add_up(
    document_type: DocumentType, options: dict[str, list[Option]], chosen: dict[str, Option]
) -> None:
    rules = document_type.checks
    for _ in range(3):
        before = {name: option.value for name, option in chosen.items()}
        for rule in rules:
            if _status(rule, chosen) == "pass":
                continue
            lacks = any(name not in chosen for name in rule.members)
            for name in rule.members:
                # What is missing may be what the sum lacks.
                is_kept = lacks and name in chosen and chosen[name].score >= SURE
                least = SURE if is_kept else LEAST_IN_A_SUM
                tried = [o for o in options.get(name, [])[:MOST_TRIED] if o.score >= least]
                for option in tried:
                    if name in chosen and chosen[name].value == option.value:
                        continue
                    changed = {**chosen, name: option}
                    if _gain(rules, chosen, changed, name) > 0:
                        chosen[name] = option
                        break
        if before == {name: option.value for name, option in chosen.items()}:
            return


def _gain(
    rules: Sequence[CheckRule], chosen: dict[str, Option], changed: dict[str, Option], name: str
) -> int:
    """How many sums more come out, less those that no longer do."""
    mine = [rule for rule in rules if name in rule.members and rule.at_most is None]
    score = {"pass": 1, "fail": -1, "not_applicable": 0}
    before = sum(score[_status(rule, chosen)] for rule in mine)
    after = sum(score[_status(rule, changed)] for rule in mine)
    passes = any(_status(rule, changed) == "pass" for rule in mine)
    return after - before if passes else 0


def _status(rule: CheckRule, chosen: Mapping[str, Option]) -> str:
    amounts = {name: Decimal(chosen[name].value) for name in rule.members if name in chosen}
    return status_of(rule, amounts)


def _rival(
    options: Sequence[Option], chosen: Option, taken: Mapping[tuple[int, float, float], str]
) -> Option | None:
    """Another value that is nearly as likely, and stands where no other field has its value."""
    for option in options:
        own = [c for c in option.places if taken.get(c.place, chosen.field) == chosen.field]
        is_other = _same(option.value) != _same(chosen.value)
        if is_other and own and option.score >= max(RIVAL, chosen.score - NEAR):
            return Option(option.field, option.value, tuple(own), option.score)
    return None
