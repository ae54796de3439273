"""What people choose on a page, for all who use this data folder."""

from .database import Store
from .rows import PreferenceRow


def preference(store: Store, name: str) -> str | None:
    """What was chosen, None where nobody has."""
    with store.reading() as session:
        row = session.get(PreferenceRow, name)
        return row.value if row else None


def prefer(store: Store, name: str, value: str) -> None:
    """Choose."""
    with store.writing() as session:
        session.merge(PreferenceRow(name=name, value=value))
