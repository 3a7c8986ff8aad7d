"""Read documents from standard input, one in base64 a line; say of each its code, processor seconds and megabytes.

Each is read in a process of its own, which begins with the reader loaded: to load it takes longer than most documents.
"""

import base64
import json
import os
import resource
import sys
from pathlib import Path

from convenor.meetings.reader import Unreadable, read, text_of

STATUS = Path("/proc/self/status")


def spent() -> float:
    """Give the seconds of the processor that this process and its children took: a busy machine takes no part."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def answer(data: bytes) -> tuple[str | None, float, float]:
    """Read a document; give the code of its refusal, how long it took, and how much memory at most."""
    before = spent()
    try:
        read(text_of(data))
        code = None
    except Unreadable as refusal:
        code = refusal.code
    seconds = spent() - before
    # What the system counts for this process begins with what its parent held; what its memory map says does not.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if STATUS.exists():
        own = next(int(line.split()[1]) for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return code, seconds, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main() -> None:
    """Answer every line; a process that died says how."""
    for line in iter(sys.stdin.buffer.readline, b""):
        child = os.fork()
        if child == 0:
            sys.stdout.write(json.dumps(answer(base64.b64decode(line))) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        if status:
            sys.stdout.write(json.dumps([f"died: {os.waitstatus_to_exitcode(status)}", 0, 0]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
