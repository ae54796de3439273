"""The tables and sentences of `taxai bench ask`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .bench_ask_memory import Memory
from .bench_ask_plain import AT_ONCE
from .bench_ask_result import VERDICTS, Asking, Verdict, Way, all_verdicts
from .field_tables import Goal, goal_table
from .report import as_table

# What is wanted of our way against the plain one.
LEAST_FEWER_TOKENS, LEAST_LESS_TIME = 10.0, 5.0


@dataclass(frozen=True)
class Run:
    """Both ways on the same papers.

    Args:
        raw: what our model's answers would come to if they were taken as they are.
        memory: what the server holds once the model is loaded, with `use_mmap` and without.
        window: how many tokens the server keeps of a plain prompt, where it is known.
    """

    ours: Way
    plain: Way
    raw: Counter[Verdict]
    memory: Mapping[bool, Memory]
    window: int | None


def ask_goals(run: Run) -> list[Goal]:
    """What is wanted, and whether it holds."""
    ours, plain = run.ours, run.plain
    papers = len(ours.askings)
    fewer, less = _ratio(plain.tokens, ours.tokens), _ratio(plain.wall_s, ours.wall_s)
    return [
        Goal("documents finished", "all", f"{ours.finished} of {papers}", ours.finished == papers),
        Goal(
            "× fewer tokens a document",
            f"≥ {LEAST_FEWER_TOKENS:.0f}",
            f"{fewer:.1f}",
            fewer >= LEAST_FEWER_TOKENS,
        ),
        Goal(
            "× less time a document",
            f"≥ {LEAST_LESS_TIME:.0f}",
            f"{less:.1f}",
            less >= LEAST_LESS_TIME,
        ),
    ]


def ask_report(run: Run) -> str:
    """All tables and what is to be said beside them."""
    blocks = [
        goal_table(ask_goals(run)),
        _ways_table([run.ours, run.plain]),
        "\n".join(f"- {said}" for said in _sentences(run)),
        "What became of the hidden values:",
        _values_table(run),
        "The server's memory, at its peak:",
        _memory_table(run),
    ]
    return "\n\n".join(blocks)


def _ways_table(ways: Sequence[Way]) -> str:
    head = [
        "",
        *("documents", "finished", "requests", "at once", "tokens in", "tokens out"),
        *("tokens a document", "seconds a document", "median of one, s", "longest, s"),
    ]
    return as_table(head, map(_way_row, ways))


def _way_row(way: Way) -> list[str]:
    papers, seconds = len(way.askings), [one.seconds for one in way.askings]
    return [
        way.title,
        str(papers),
        str(way.finished),
        str(sum(one.calls for one in way.askings)),
        str(way.in_flight),
        str(sum(one.tokens_in for one in way.askings)),
        str(sum(one.tokens_out for one in way.askings)),
        f"{way.tokens / papers:.0f}",
        f"{way.seconds_each:.1f}",
        f"{median(seconds):.1f}",
        f"{max(seconds):.1f}",
    ]


def _sentences(run: Run) -> Iterator[str]:
    for way in (run.ours, run.plain):
        papers = len(way.askings)
        given_up, cut = (
            sum(getattr(one, name) for one in way.askings) for name in ("given_up", "cut_prompts")
        )
        yield (
            f"{way.title[0].upper()}{way.title[1:]}: {way.finished} of {papers} documents finished,"
            f" {given_up} requests given up, {cut} prompts cut by the server."
        )
    for what, some in _by_length(run):
        each = [
            _tokens_each([one for one in way.askings if one.paper.name in some])
            for way in (run.ours, run.plain)
        ]
        yield f"{what}: {each[0]:.0f} tokens each asked by TaxAI, {each[1]:.0f} asked plainly."
    unasked = sum(not one.calls for one in run.ours.askings)
    if unasked:
        yield f"TaxAI had nothing to ask about {unasked} documents: no line may hold the value."
    unbegun = sum(one.given_up and not one.tokens_out for one in run.plain.askings)
    if unbegun:
        yield (
            f"Given up before a word of an answer came: {unbegun} of the plain requests; none of"
            " their tokens are counted."
        )
    if run.window:
        yield (
            f"The server keeps {run.window} tokens of a plain prompt; of a longer one only those"
            " are counted."
        )


def _by_length(run: Run) -> Iterator[tuple[str, set[str]]]:
    """The names of the papers of one page, and of the longer ones, where there are any."""
    papers = [one.paper for one in run.ours.askings]
    short = {paper.name for paper in papers if len(paper.pages) == 1}
    long = {paper.name for paper in papers} - short
    for count, title in ((short, "of one page"), (long, "of several pages")):
        if count:
            yield f"The {len(count)} documents {title}", count


def _tokens_each(askings: Sequence[Asking]) -> float:
    return sum(one.tokens for one in askings) / len(askings)


def _values_table(run: Run) -> str:
    rows: list[tuple[str, Counter[Verdict]]] = [
        (run.ours.title, all_verdicts(run.ours.askings)),
        (f"{run.ours.title}, if nothing were looked up", run.raw),
        (run.plain.title, all_verdicts(run.plain.askings)),
    ]
    head = ["", "hidden", "right", *(f"wrong, {v}" for v in VERDICTS[1:3]), VERDICTS[3]]
    return as_table(
        head,
        ([title, str(sum(of.values())), *(str(of[v]) for v in VERDICTS)] for title, of in rows),
    )


def _ratio(one: float, other: float) -> float:
    return one / other if other else 0.0


def _memory_table(run: Run) -> str:
    rows = {
        f"{run.ours.title}, one token, `use_mmap` on": run.memory[True],
        f"{run.ours.title}, one token, `use_mmap` off": run.memory[False],
        f"{run.ours.title}, all documents": run.ours.memory,
        f"{run.plain.title}, all documents": run.plain.memory,
    }
    return as_table(
        ["", "its own, MB", "files mapped, MB"],
        (
            [title, f"{one.own_mb:.0f}", f"{one.file_mb:.0f}"] if one.is_known else [title, *"––"]
            for title, one in rows.items()
        ),
    )


def how_it_is_measured(limit_s: float) -> str:
    """What stands below the tables."""
    return f"""\
Every third important field that was read right is taken out of the paper's record, and a model is
asked for just those; reading the papers is no part of the time. TaxAI asks as its job does: the
lines around what is missing, a JSON schema that bounds the answer, one question at a time, a
second try where an answer is of no use; a value counts only where it is printed and fits. The plain
way is one request a document, {AT_ONCE} at once, with the whole text, the names and titles of the
same fields before and after it, and the plea for JSON; no schema, no limit of the answer, and the
server's default window. It is finished with a JSON object anywhere in the answer that has
the wanted names, whatever their values. A document is given up after {limit_s:.0f} s. Both ways ask
the same server in the same run, TaxAI first; before each the model is unloaded, loaded as that way
loads it and asked for a token, which is not counted.

Seconds a document are the wall time of the whole over the documents; those of one are from its
first request to its end, so that they hold the wait for the others that are asked at once. Tokens
are those that the server counts: of a prompt the whole, though it may remember its beginning. A
plain answer that was given up counts by the pieces that came, and its prompt as the server counts
it when it is sent once more afterwards, outside of the time; one of TaxAI counts as the most it can
have had. A wrong value is printed elsewhere in the paper or nowhere; what the plain way answers is
taken as it is. Memory is sampled over all processes of the server: its own stays, files mapped are
page cache that the kernel takes back when it needs it. Its own grows with the first questions after
loading, whatever is mapped; so `use_mmap` on and off are compared by one token after loading."""
