"""PDF → text, in a process of its own: the library that opens the file cannot be trusted to stop.

The child limits its own memory and computing time where the system can; everywhere the parent waits only so long.
"""

import json
import logging
import os
import subprocess
import sys

from convenor.meetings.formats.errors import Unreadable, Why

SECONDS, FAULT = 4.5, 1
_log = logging.getLogger(__name__)
_KEPT = ("SYSTEMROOT", "PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")


def text_of_pdf(data: bytes) -> str:
    """Return the text of a PDF.

    Raises:
        Unreadable: it is damaged or protected, has no text, or takes too long or too much memory.
    """
    program = [sys.executable, "-P", "-m", "convenor.meetings.formats.pdf.child"]
    surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
    surroundings["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            program, input=data, capture_output=True, timeout=SECONDS, check=False, env=surroundings
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Why.TOO_COMPLEX, {"kind": "PDF"}) from error
    if done.returncode == FAULT:  # ours, or a library's that nobody foresaw
        _log.error("A PDF of %d bytes could not be read: %s", len(data), done.stderr.decode(errors="replace")[-2_000:])
        raise Unreadable(Why.BROKEN, {"kind": "PDF"})
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # ended by a limit before it could answer
        raise Unreadable(Why.TOO_COMPLEX, {"kind": "PDF"}) from error
    if "code" in answer:
        raise Unreadable(Why(answer["code"]), answer["values"])
    text: str = answer["text"]
    return text
