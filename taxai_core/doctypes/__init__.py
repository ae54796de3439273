"""The document types: one YAML file a type says what it prints and what we call it."""

from .loading import DefinitionError, layouts_in, load_document_types, without_layout
from .schema import CheckRule, DocumentType, FieldRule, Kind, Wording

__all__ = [
    "CheckRule",
    "DefinitionError",
    "DocumentType",
    "FieldRule",
    "Kind",
    "Wording",
    "layouts_in",
    "load_document_types",
    "without_layout",
]
