"""The fields of a paper as the list of fields shows them."""

from collections.abc import Iterator
from typing import Any

from .. import service
from ..doctypes import DocumentType, FieldRule
from ..models import Field
from ..service import StoredField, StoredRecord
from ..service.records import SURE
from ..values import shown

# What a value was read from, as it is said of it.
SOURCES = {"table": "table", "text": "text", "ocr": "scan", "ai": "model"}
UNKNOWN = "Fields of an earlier definition"
Row = dict[str, Any]


def groups(paper: StoredRecord) -> list[dict[str, Any]]:
    """The paper's fields as its form groups them, those without a value too."""
    document_type = service.document_types().get(paper.document_type)
    rows = _Rows(paper, document_type)
    found = [
        {"title": group.title, "rows": [rows.row(rule) for rule in group.fields]}
        for group in (document_type.groups if document_type else ())
    ]
    if unknown := list(rows.unknown()):
        found.append({"title": UNKNOWN, "rows": unknown})
    return found


def checks(paper: StoredRecord) -> list[dict[str, Any]]:
    """The paper's checks with their members as a sum is written; failed ones first."""
    document_type = service.document_types().get(paper.document_type)
    rules = {rule.name: rule for rule in document_type.checks} if document_type else {}
    order = {"fail": 0, "pass": 1, "not_applicable": 2}
    found = []
    for check in sorted(paper.checks, key=lambda check: order[check.status]):
        rule = rules[check.name]
        terms = [*(("+", name) for name in rule.plus), *(("−", name) for name in rule.minus)]
        if rule.equals:
            terms.append(("=", rule.equals))
        limit = f"at most ₹ {shown('amount', f'{rule.at_most:.2f}')}" if rule.at_most else ""
        found.append(
            {
                "name": check.name,
                "title": rule.title,
                "status": check.status,
                # Both sides stand behind the title where it failed.
                "sides": check.detail.removeprefix(rule.title).removeprefix(": "),
                "limit": limit,
                "members": [_member(sign, name, paper, document_type) for sign, name in terms],
            }
        )
    return found


def _member(
    sign: str, name: str, paper: StoredRecord, document_type: DocumentType | None
) -> dict[str, str]:
    rule = document_type.field(name) if document_type else None
    field = paper.values.get(name)
    value = shown("amount", field.value) if field else ""
    return {"sign": sign, "name": name, "title": rule.title if rule else name, "value": value}


class _Rows:
    """Makes the rows of one paper."""

    def __init__(self, paper: StoredRecord, document_type: DocumentType | None) -> None:
        self._paper = paper
        self._names = {rule.name for rule in document_type.fields} if document_type else set()
        self._titles = (
            {check.name: check.title for check in document_type.checks} if document_type else {}
        )

    def row(self, rule: FieldRule) -> Row:
        """One field's row."""
        one = self._paper.fields.get(rule.name, StoredField(rule.name))
        present, printed = one.field, one.field or one.read
        return {
            "name": rule.name,
            "title": rule.title,
            "kind": rule.kind,
            "choices": list(rule.choices),
            "value": _shown(rule, present),
            "read": _shown(rule, one.read),
            "seq": one.seq,
            "edited": one.is_edited,
            "confidence": f"{present.confidence:.2f}" if present else "",
            "low": present is not None and present.confidence < SURE,
            "place": _place(printed) if printed else "",
            "read_from": _source(one.read) if one.read else "",
            "printed": printed.text if printed else "",
            "note": present.note if present else "",
            **self._sums(rule.name),
        }

    def unknown(self) -> Iterator[Row]:
        """Rows of values whose definition has gone since they were read."""
        for name in self._paper.fields:
            if name not in self._names:
                yield self.row(FieldRule(name=name, title=name, kind="identifier"))

    def _sums(self, name: str) -> Row:
        about = [check for check in self._paper.checks if name in check.fields]
        failed = [check for check in about if check.status == "fail"]
        passed = any(check.status == "pass" for check in about)
        return {
            "check": "fail" if failed else "pass" if passed else "",
            "sum": self._titles.get(failed[0].name, failed[0].name) if failed else "",
            "failed": [check.detail for check in failed],
        }


def _shown(rule: FieldRule, field: Field | None) -> str:
    return shown(rule.kind, field.value) if field else ""


def _place(field: Field) -> str:
    """`page 2 · table · 0.99`; of what a person gave, the page alone."""
    if field.source == "user":
        return f"page {field.page}"
    return f"page {field.page} · {_source(field)}"


def _source(field: Field) -> str:
    return f"{SOURCES[field.source]} · {field.confidence:.2f}"
