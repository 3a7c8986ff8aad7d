"""The database's own guard of the journal: what is written stays, whatever program asks.

A migration runs `forward`, and again after every later migration that rebuilds `shared_entry` or
`shared_journalpayload`: SQLite drops the triggers of a table that it rebuilds. Texts about people may be deleted, as
erasure asks, and `verify` names a hole that no entry tells of; they may not be changed. Whoever owns the database can
drop a trigger: this guards against mistakes and stray statements, the chain shows the rest.
"""

from collections.abc import Mapping
from typing import Any

_KEPT = "the journal is added to and never changed"
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION convenor_journal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM shared_removal WHERE scope = OLD.scope) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION '{_KEPT}';
    END $$""",  # noqa: S608 - our own words only
    """CREATE TRIGGER convenor_entry_stays BEFORE UPDATE OR DELETE ON shared_entry
    FOR EACH ROW EXECUTE FUNCTION convenor_journal_stays()""",
    """CREATE TRIGGER convenor_text_stays BEFORE UPDATE ON shared_journalpayload
    FOR EACH ROW EXECUTE FUNCTION convenor_journal_stays()""",
)
_SQLITE = (
    f"""CREATE TRIGGER convenor_entry_stays BEFORE UPDATE ON shared_entry
    BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END""",
    f"""CREATE TRIGGER convenor_entry_is_not_deleted BEFORE DELETE ON shared_entry
    WHEN NOT EXISTS (SELECT 1 FROM shared_removal WHERE scope = OLD.scope)
    BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END""",  # noqa: S608 - our own words only
    f"""CREATE TRIGGER convenor_text_stays BEFORE UPDATE ON shared_journalpayload
    BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END""",
)
_SQLITE_AWAY = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("convenor_entry_stays", "convenor_entry_is_not_deleted", "convenor_text_stays")
)
_POSTGRESQL_AWAY = (
    "DROP TRIGGER IF EXISTS convenor_entry_stays ON shared_entry",
    "DROP TRIGGER IF EXISTS convenor_text_stays ON shared_journalpayload",
    "DROP FUNCTION IF EXISTS convenor_journal_stays()",
)
SET = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
AWAY = {"sqlite": _SQLITE_AWAY, "postgresql": _POSTGRESQL_AWAY}


def forward(_apps: Any, editor: Any) -> None:
    """Set the triggers, for `migrations.RunPython`; those of before are replaced."""
    backward(_apps, editor)
    _run(editor, SET)


def backward(_apps: Any, editor: Any) -> None:
    """Take the triggers away."""
    _run(editor, AWAY)


def _run(editor: Any, statements: Mapping[str, tuple[str, ...]]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements[editor.connection.vendor]:
            cursor.execute(statement)
