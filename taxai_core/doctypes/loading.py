"""Reading the definitions: ours, and those of a folder that adds or replaces types."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from .schema import DocumentType

_OURS = Path(__file__).parent


class DefinitionError(Exception):
    """A definition that cannot be used; its text says which file and why."""


@cache
def load_document_types(folder: Path | None = None) -> dict[str, DocumentType]:
    """All document types by id; a type in `folder` takes the place of ours of the same id.

    Raises:
        DefinitionError
    """
    paths = [*sorted(_OURS.glob("*.yaml")), *(sorted(folder.glob("*.yaml")) if folder else [])]
    return {found.id: found for found in map(_load, paths)}


def _load(path: Path) -> DocumentType:
    try:
        return DocumentType.model_validate(_parse(path))
    except (OSError, yaml.YAMLError) as error:
        raise DefinitionError(f"{path.name} cannot be read: {type(error).__name__}") from error
    except ValidationError as error:
        raise DefinitionError(f"{path.name}: {'; '.join(_reasons(error))}") from error


def _parse(path: Path) -> object:
    # All is text: YAML would make false of `No`, and a number of the section 10.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _reasons(error: ValidationError) -> Iterator[str]:
    for reason in error.errors():
        yield f"{'.'.join(map(str, reason['loc']))} {reason['msg']}".strip()
