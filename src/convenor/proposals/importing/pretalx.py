"""Submissions and speakers as pretalx exports them, written as a table. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from convenor.proposals.importing.tables import MOST_COLUMNS, MOST_ROWS, Note, Table, Unreadable, storable

MOST_SPEAKERS = 20  # of one submission
_FIXED = (
    "outside-id", "title", "summary", "format", "theme", "minutes", "language", "tags", "state", "submitted-at",
    "proposer-name", "proposer-email", "speakers",
)  # fmt: skip
_HEADINGS = ("code", "title", "abstract, description", "submission_type", "track", "duration", "content_locale", "tags",
             "state", "created", "speakers[0].name", "speakers[0].email", "speakers")  # fmt: skip


def read_pretalx(data: bytes, speakers: bytes = b"") -> Table:
    """Read an export of submissions, with that of speakers where it is handed in beside it.

    Answers to a forum's own questions become columns of their own, headed by the question.

    Raises:
        Unreadable: it is no such export.
    """
    submissions = _list(data)
    if all("submissions" in one and "title" not in one for one in submissions):
        raise Unreadable("only-speakers")
    if not all(isinstance(one.get("title"), str) and "code" in one for one in submissions):
        raise Unreadable("no-pretalx")
    known = {str(one.get("code")): one for one in (_list(speakers) if speakers else [])}
    asked: dict[str, int] = {}
    for one in submissions:
        for question, _answer in _answers(one):
            asked.setdefault(question, len(_FIXED) + len(asked))
    questions = [question for question, place in asked.items() if place < MOST_COLUMNS]
    rows = []
    for number, one in enumerate(submissions, start=1):
        said = dict(_answers(one))
        rows.append((number, [*_cells(one, known), *(said.get(question, "") for question in questions)]))
    fields = (*_FIXED, *("" for _question in questions))
    return Table("pretalx", (*_HEADINGS, *questions), rows, [Note("pretalx", {"speakers": len(known)})], fields)


def _list(data: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("no-json") from error
    if isinstance(found, dict):
        found = found.get("results", found.get("submissions", found.get("speakers")))
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise Unreadable("no-pretalx")
    if len(found) > MOST_ROWS:
        raise Unreadable("too-many-rows", most=MOST_ROWS)
    return found


def _cells(one: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    people = [_speaker(who, known) for who in _sequence(one.get("speakers"))[:MOST_SPEAKERS]]
    first = people[0] if people else ("", "")
    texts = [text for text in (_words(one.get("abstract")), _words(one.get("description"))) if text]
    return [
        _words(one.get("code")),
        _words(one.get("title")),
        "\n\n".join(texts),
        _words(one.get("submission_type")),
        _words(one.get("track")),
        _words(one.get("duration")),
        _words(one.get("content_locale")),
        "; ".join(_words(tag) for tag in _sequence(one.get("tags"))),
        _words(one.get("state")),
        _words(one.get("created") or one.get("submitted_at")),
        *first,
        "\n".join(f"{name} <{email}>" if email else name for name, email in people if name or email),
    ]


def _speaker(who: object, known: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Give name and address of a speaker, from the submission or from the other file; on one line."""
    code = str(who.get("code", "")) if isinstance(who, Mapping) else str(who)
    own = {**known.get(code, {}), **({k: v for k, v in who.items() if v} if isinstance(who, Mapping) else {})}
    name, email = (" ".join(_words(own.get(key)).split()) for key in ("name", "email"))
    return name or code, email


def _answers(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for answer in _sequence(one.get("answers")):
        if isinstance(answer, Mapping):
            question = answer.get("question")
            asked = question.get("question") if isinstance(question, Mapping) else question
            found.append((" ".join(_words(asked).split())[:200], _words(answer.get("answer"))))
    return [(question, said) for question, said in found if question]


def _sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _words(value: object) -> str:
    """Give a text; of one in several languages the English one, else the first; of a row its name."""
    if isinstance(value, Mapping):
        texts = [text for text in (value.get("en"), value.get("name"), value.get("tag"), *value.values()) if text]
        return _words(texts[0]) if texts and not isinstance(texts[0], Mapping) else _words_of_name(texts)
    if value is None or isinstance(value, bool | list):
        return ""
    return storable(str(value))


def _words_of_name(texts: Sequence[object]) -> str:
    inner = texts[0] if texts else None
    found = [text for text in inner.values() if isinstance(text, str)] if isinstance(inner, Mapping) else []
    return storable(found[0]) if found else ""
