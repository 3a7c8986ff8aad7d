"""Fuzz one format: `python tests/meetings/formats/fuzzing.py FORMAT SECONDS [SEED]`, answers in JSON.

Begins with the documents of `fuzz_seeds`, changes them at random, and keeps what reached a line of ours for the first
time (traced with `sys.settrace`, in the modules of the format). A finding is anything but a text or an `Unreadable`, a
reading that takes longer than 5 seconds without the tracer, or a text whose spans do not hold. PDF is read in this very
process, not in a child, so that a fault is seen.
"""

import base64
import copy
import dis
import io
import json
import logging
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from convenor.meetings.formats import text_of  # noqa: E402 - the line above makes it importable
from convenor.meetings.formats.pdf.reading import text_here  # noqa: E402 - as above
from convenor.meetings.reader import Unreadable  # noqa: E402 - as above
from convenor.meetings.reader.source import normalise  # noqa: E402 - as above
from tests.meetings.formats.fuzz_seeds import WORDS, parts_of, seeds  # noqa: E402 - as above
from tests.meetings.reader.test_properties import holds  # noqa: E402 - as above

SECONDS, WAIT, MEMORY, MOST_BYTES, MOST_FINDINGS, EVERY = 5.0, 20, 1_500_000_000, 60_000, 5, 8
NUMBERS = [b"0", b"-1", b"1", b"255", b"65536", b"2147483648", b"99999999999999999999", b"1e9", b"0.00001"]


class Slow(BaseException):
    """Raised by the clock in the midst of a reading."""


class Coverage:
    """Which lines of ours were reached; a function whose every line was is traced no more."""

    def __init__(self, files: list[Path]) -> None:
        self._files = {str(path) for path in files}
        self._left: dict[CodeType, set[int]] = {}
        self.reached = 0
        self.is_new = False

    def trace(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code not in self._left:
            ours = code.co_filename in self._files
            self._left[code] = {line for _, line in dis.findlinestarts(code) if line} if ours else set()
        return self._line if self._left[code] else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:
        left = self._left[frame.f_code]
        if event == "line" and frame.f_lineno in left:
            left.discard(frame.f_lineno)
            self.reached += 1
            self.is_new = True
        return self._line


def files_of(form: str) -> list[Path]:
    """Return our modules that reading a format passes through, the start of its child process aside."""
    names = {
        "text": "plain mojibake ../reader/source",
        "html": "html html_tags plain layout numerals",
        "docx": "docx docx_styles docx_numbering zips trees layout numerals",
        "odt": "odt odt_styles odt_lists zips trees layout numerals",
        "rtf": "rtf layout",
        "pdf": "pdf/* layout",
    }
    folder = ROOT / "src" / "convenor" / "meetings" / "formats"
    found = [path.resolve() for name in names[form].split() for path in sorted(folder.glob(f"{name}.py"))]
    return [*(path for path in found if path.stem not in ("child", "__init__")), folder / "kinds.py"]


def lines_of(files: list[Path]) -> int:
    """Count the lines of the functions in these files."""
    return sum(len(set(_lines(compile(path.read_text("utf-8"), str(path), "exec")))) for path in files)


def _lines(code: CodeType) -> Iterator[int]:
    """Yield the lines of the functions of a module; its own are carried out when it is imported."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from (line for _, line in dis.findlinestarts(constant) if line)
            yield from _lines(constant)


def changed(data: bytes, other: bytes, words: list[bytes], chance: random.Random) -> bytes:
    """Return a document changed in one to six places."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        at, length = chance.randrange(len(found) + 1), chance.choice((1, 1, 2, 4, 16, 64, 400))
        match chance.randrange(8):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + length]
            case 2 | 3:
                found[at:at] = chance.choice(words) * chance.choice((1, 1, 1, 2, 30))
            case 4:
                found[at:at] = found[at : at + length] * chance.choice((1, 2, 40))
            case 5:
                begin = chance.randrange(len(other) + 1)
                found[at : at + length] = other[begin : begin + length]
            case 6:
                _other_number(found, at, chance)
            case _:
                begin = chance.randrange(len(found) + 1)
                part = found[begin : begin + length]
                del found[begin : begin + length]
                found[at:at] = part
    return bytes(found[:MOST_BYTES])


def _other_number(found: bytearray, at: int, chance: random.Random) -> None:
    """Put another number in the place of the next one."""
    start = next((place for place in range(at, len(found)) if chr(found[place]).isdigit()), None)
    if start is not None:
        end = next((place for place in range(start, len(found)) if not chr(found[place]).isdigit()), len(found))
        found[start:end] = chance.choice(NUMBERS)


def changed_package(data: bytes, other: bytes, words: list[bytes], chance: random.Random) -> bytes:
    """Return a packed document one part of which was changed, or, one time in ten, its bytes as they are packed."""
    if chance.randrange(10) == 0:
        return changed(data, other, words, chance)
    try:
        parts, others = parts_of(data), parts_of(other)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return changed(other, data, words, chance)
    name = chance.choice([name for name in parts if name.endswith(".xml")] or list(parts) or [""])
    if name:
        change = changed_tree if chance.randrange(3) else changed
        parts[name] = change(parts[name], others.get(name, parts[name]), words, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return out.getvalue()


def changed_tree(data: bytes, other: bytes, words: list[bytes], chance: random.Random) -> bytes:
    """Return XML that is well-formed as before: nodes are left out, doubled, nested, moved, their values exchanged."""
    try:
        tree, donor = ET.fromstring(data), ET.fromstring(other)  # noqa: S314 - our own documents
    except (ET.ParseError, ValueError, LookupError):
        return changed(data, other, words, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        nodes = [node for node in tree.iter() if len(node)] or [tree]
        parent = chance.choice(nodes)
        node = copy.deepcopy(chance.choice(list(donor.iter())))
        match chance.randrange(6):
            case 0 if len(parent):
                parent.remove(chance.choice(list(parent)))
            case 1:
                parent.insert(chance.randrange(len(parent) + 1), node)
            case 2 if len(parent):
                inner = chance.choice(list(parent))
                parent.remove(inner)
                node.append(inner)
                parent.append(node)
            case 3:
                named = chance.choice([one for one in tree.iter() if one.attrib] or [tree])
                said = [value for one in donor.iter() for value in one.attrib.values()]
                for key in chance.sample(list(named.attrib), min(1, len(named.attrib))):
                    named.set(key, chance.choice([*said, *(number.decode() for number in NUMBERS)]))
            case 4:
                chance.choice(list(tree.iter())).tag = chance.choice([one.tag for one in donor.iter()])
            case _:
                chance.choice(list(tree.iter())).text = chance.choice(words).decode("latin-1").strip("\0") + "\t10:00"
    return ET.tostring(tree)[:MOST_BYTES]


def fuzz(form: str, seconds: float, seed: int) -> dict[str, object]:
    """Change and read documents until the time is over."""
    chance, files = random.Random(seed), files_of(form)
    coverage = Coverage(files)
    convert: Callable[[bytes], str] = {"pdf": text_here, "text": _normalised}.get(form, text_of)
    change = changed_package if form in ("docx", "odt") else changed
    kept = seeds(form)
    waiting = list(kept)
    count = refused = 0
    findings: list[dict[str, str]] = []
    end = time.process_time() + seconds  # of the processor: a busy machine tries as much as a quiet one
    while time.process_time() < end and len(findings) < MOST_FINDINGS:
        data = waiting.pop() if waiting else change(chance.choice(kept), chance.choice(kept), WORDS[form], chance)
        count += 1
        coverage.is_new = False
        outcome = once(convert, data, coverage, is_read=count % EVERY == 0)
        refused += outcome == "refused"
        if coverage.is_new and len(data) <= MOST_BYTES:
            kept.append(data)
        if outcome not in ("read", "refused"):
            findings.append({"what": outcome, "data": base64.b64encode(data).decode()})
    return {
        "format": form,
        "executions": count,
        "refused": refused,
        "kept": len(kept),
        "lines": coverage.reached,
        "of": lines_of(files),
        "megabytes": most_megabytes(),
        "findings": findings,
    }


def most_megabytes() -> int:
    """Give the most memory that this program held; what the system counts begins with that of whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = status.read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def _normalised(data: bytes) -> str:
    return normalise(text_of(data))


def once(convert: Callable[[bytes], str], data: bytes, coverage: Coverage | None, *, is_read: bool) -> str:
    """Read one document; say "read", "refused", or what went wrong."""
    signal.setitimer(signal.ITIMER_REAL, WAIT)
    before = time.perf_counter()
    try:
        sys.settrace(coverage.trace if coverage else None)
        text = convert(data)
        sys.settrace(None)
        if is_read:
            holds(text)
        outcome = "read"
    except Unreadable:
        outcome = "refused"
    except Slow:
        outcome = "slow"
    except BaseException:
        outcome = traceback.format_exc()[-1_500:]
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    spent = time.perf_counter() - before
    if coverage and (outcome == "slow" or spent > SECONDS):  # the tracer makes everything slower
        return once(convert, data, None, is_read=is_read)
    return f"slow: {spent:.1f} s" if spent > SECONDS else outcome


def _ring(number: int, frame: object) -> None:
    raise Slow


def main(words: list[str]) -> None:
    """Fuzz, and print what came of it."""
    logging.disable()
    signal.signal(signal.SIGALRM, _ring)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seed = int(words[2]) if len(words) > 2 else random.randrange(2**32)
    sys.stdout.write(json.dumps({"seed": seed, **fuzz(words[0], float(words[1]), seed)}))


if __name__ == "__main__":
    main(sys.argv[1:])
