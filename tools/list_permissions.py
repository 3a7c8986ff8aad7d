"""Write the table role × verb of every domain into docs/reference/permissions.md, from the tables themselves.

python tools/list_permissions.py   # rewrite the document; the tests fail where it is not what the tables say
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convenor.people.roles import Role, Verb

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/reference/permissions.md"
START, END = "<!-- tables: made by tools/list_permissions.py -->", "<!-- end of tables -->"


def domains() -> Iterator[str]:
    """Give the domains that have a table, in the order of their names."""
    for path in sorted((ROOT / "src/convenor").glob("*/permissions.py")):
        yield path.parent.name


def tables() -> str:
    """Give every domain's table as Markdown."""
    from convenor.people.roles import Role, Verb  # noqa: PLC0415 - the settings come first

    parts = []
    for domain in domains():
        verbs = [one for one in vars(import_module(f"convenor.{domain}.permissions")).values() if isinstance(one, Verb)]
        rows = [
            f"| {named(verb)} | {' | '.join('●' if verb.allows(implied(role)) else '' for role in Role)} |"
            for verb in verbs
        ]
        head = f"| to | {' | '.join(Role)} |\n|---|{':-:|' * len(Role)}"
        parts.append(f"## {domain}\n\n{head}\n" + "\n".join(rows))
    return "\n\n".join(parts)


def named(verb: Verb) -> str:
    """Name a verb, and in brackets the field that one must be allowed to see as well."""
    return f"{verb.name} ({verb.field})" if verb.field else verb.name


def implied(role: Role) -> set[Role]:
    """Give the roles that somebody with a role has: everybody is the public, and every other role is signed in."""
    from convenor.people.roles import Role  # noqa: PLC0415 - as above

    return {role, Role.PUBLIC} if role is Role.PUBLIC else {role, Role.PUBLIC, Role.SIGNED_IN}


def document(text: str) -> str:
    """Give the document with fresh tables between its marks."""
    before, _mark, rest = text.partition(START)
    return f"{before}{START}\n\n{tables()}\n\n{END}{rest.partition(END)[2]}"


def main() -> int:
    """Rewrite the document."""
    import django  # noqa: PLC0415 - as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
    sys.path.insert(0, str(ROOT / "src"))
    django.setup()
    DOCUMENT.write_text(document(DOCUMENT.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
