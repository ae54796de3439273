"""Reading the definitions: ours, and those of a folder that adds or replaces types."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from .schema import DocumentType

_OURS = Path(__file__).parent
# All is text: YAML would make false of `No`, and a number of the section 10. The loader in C, which
# PyYAML's wheels have, reads ours in 0.1 s; the one in Python takes 1 s.
_BaseLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


# Which of the two it is mypy cannot know.
class _Loader(_BaseLoader):  # type: ignore[misc,valid-type]
    """Refuses a key that is given twice: of two `labels` of a field the first would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, object]:
        keys = set()
        for key in [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]:
            if key.value in keys:
                problem = f"it gives the key {key.value} twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            keys.add(key.value)
        found: dict[str, object] = super().construct_mapping(node, deep)
        return found


class DefinitionError(Exception):
    """A definition that cannot be used; its text says which file and why."""


@cache
def load_document_types(folder: Path | None = None) -> dict[str, DocumentType]:
    """All document types by id; a type in `folder` takes the place of ours of the same id.

    Raises:
        DefinitionError
    """
    return _load_all(_OURS) | (_load_all(folder) if folder else {})


def layouts_in(types: Mapping[str, DocumentType]) -> set[str]:
    """The sample layouts that brought a wording."""
    return set(_layouts([each.model_dump() for each in types.values()]))


def without_layout(types: Mapping[str, DocumentType], layout: str) -> dict[str, DocumentType]:
    """The types as they would be had that sample layout brought no wording."""
    return {
        name: DocumentType.model_validate(_without(each.model_dump(), layout))
        for name, each in types.items()
    }


def _load_all(folder: Path) -> dict[str, DocumentType]:
    found: dict[str, DocumentType] = {}
    for path in _files(folder):
        each = _load(path)
        if each.id in found:
            raise DefinitionError(f"{path.name}: another file beside it defines {each.id} too.")
        found[each.id] = each
    return found


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DefinitionError(f"The folder of definitions {folder}: {reason}.") from error


def _load(path: Path) -> DocumentType:
    try:
        return DocumentType.model_validate(_parse(path))
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise DefinitionError(f"{path.name} is no YAML{line}: {error.problem}.") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} cannot be read: {type(error).__name__}.") from error
    except ValidationError as error:
        raise DefinitionError(f"{path.name}: {'; '.join(_reasons(error))}.") from error


def _parse(path: Path) -> object:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def _reasons(error: ValidationError) -> Iterator[str]:
    for reason in error.errors():
        yield f"{'.'.join(map(str, reason['loc']))} {reason['msg']}".strip()


def _layouts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(layout := part.get("layout"), str):
            yield layout
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _layouts(each)


def _without(part: Any, layout: str) -> Any:
    """A part of a definition without the wordings, which are the entries that have a `layout`."""
    if isinstance(part, dict):
        return {key: _without(value, layout) for key, value in part.items()}
    if isinstance(part, list):
        kept = (e for e in part if not (isinstance(e, dict) and e.get("layout") == layout))
        return [_without(each, layout) for each in kept]
    return part
