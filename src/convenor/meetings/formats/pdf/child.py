"""The process that opens a PDF: bytes on standard input, an answer in JSON on standard output."""

import json
import logging
import sys

MEMORY, SECONDS = 280_000_000, 4


def main() -> None:
    """Answer with the text or with a refusal; a limit that is reached ends the process without an answer."""
    _limit()
    logging.disable()
    from convenor.meetings.formats.errors import Unreadable, Why  # noqa: PLC0415 - after the limits are set
    from convenor.meetings.formats.pdf.reading import text_here  # noqa: PLC0415 - as above

    try:
        answer: dict[str, object] = {"text": text_here(sys.stdin.buffer.read())}
    except Unreadable as error:
        answer = {"code": error.code, "values": error.values}
    except (MemoryError, RecursionError):
        answer = {"code": Why.TOO_COMPLEX, "values": {"kind": "PDF"}}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Limit memory and computing time, where the system knows such limits."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            _soft, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):  # macOS refuses some
            continue


if __name__ == "__main__":
    main()
