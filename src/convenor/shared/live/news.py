"""Counting changes: the number of a topic grows in the transaction that changes something."""

from django.db import connection, models

CHANNEL = "convenor_live"  # of PostgreSQL's LISTEN
_COUNT = """
INSERT INTO shared_topic (name, number) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET number = shared_topic.number + 1
RETURNING number
"""


def topic_of(row: models.Model) -> str:
    """Name the topic of a row, as references name it: `meetings.meeting:12`."""
    return f"{row._meta.label_lower}:{row.pk}"


def tell(topic: str) -> int:
    """Count a change of a topic and return its new number; open pages learn of it when the transaction is committed.

    The topic's row stays locked until then, so that numbers follow the order of the commits: call it last, and for
    several topics in one order.

    Raises:
        ValueError: no transaction is open.
    """
    if not connection.in_atomic_block:
        raise ValueError("a topic is counted in the transaction that changes something")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [topic])
        number = int(cursor.fetchone()[0])
        if connection.vendor == "postgresql":  # it delivers on commit; on SQLite the servers look, see watching.py
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{number} {topic}"])
    return number


_TICK = """
INSERT INTO shared_topic (name, number) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET number = excluded.number WHERE shared_topic.number < excluded.number
RETURNING number
"""


def tick(topic: str, minute: int) -> bool:
    """Count the passing of a minute as a change of a topic; whichever process comes first does it, once.

    Raises:
        ValueError: no transaction is open.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TICK, [f"{topic} minute", minute])
        is_first = cursor.fetchone() is not None
    if is_first:
        tell(topic)
    return is_first


def number_of(topic: str) -> int:
    """Give the number of a topic's last change; 0 before the first."""
    with connection.cursor() as cursor:  # asked several times for every page that follows; the words cost most of it
        cursor.execute("SELECT number FROM shared_topic WHERE name = %s", [topic])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
