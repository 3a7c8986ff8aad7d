"""Carry out lines of the actions, as from another console: one a line of standard input, as JSON with the home.

Each is carried out in a process of its own that begins with the house loaded, which takes longer than most lines.
"""

import json
import os
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - the house first
from django.db import connection  # noqa: E402

import convenor.meetings.captions.actions  # noqa: E402 - loaded once for all
import convenor.meetings.floor_decision_actions  # noqa: E402, F401


def carry_out(home: Path, lines: str) -> dict[str, str]:
    """Carry lines out on the data of a home; give what they printed, and how they failed."""
    settings.HOME = home
    connection.settings_dict["NAME"] = str(home / "convenor.sqlite3")
    said = StringIO()
    try:
        with redirect_stdout(said):
            exec(compile(lines, "<lines>", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own lines
    except Exception:
        return {"said": said.getvalue(), "failed": traceback.format_exc()}
    return {"said": said.getvalue(), "failed": ""}


def main() -> None:
    """Answer every line; a process that died says so."""
    for asked in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            words = json.loads(asked)
            sys.stdout.write(json.dumps(carry_out(Path(words["home"]), words["lines"])) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        if status:
            sys.stdout.write(json.dumps({"said": "", "failed": f"died: {status}"}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
