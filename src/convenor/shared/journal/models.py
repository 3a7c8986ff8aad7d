"""The tables of the journal: its entries, the texts about people that stand beside them, and the door of removal.

Entries are added and never changed. The models refuse to, and so do triggers of the database (`triggers`).
"""

from collections.abc import Collection
from typing import Any, NoReturn

from django.db import models, transaction

FIRST_FORMAT, FORMAT = 1, 2  # of an entry's digest; the first knew no sealed texts


class AppendOnlyError(ValueError):
    """Something tried to change what the journal keeps."""


class _Kept(models.QuerySet[Any]):
    """Rows that are added and never changed."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse to change rows."""
        raise AppendOnlyError("the journal is added to and never changed; write another entry")

    def bulk_update(self, *_rows: Any, **_options: Any) -> NoReturn:
        """Refuse to change rows."""
        self.update()

    def delete(self) -> NoReturn:
        """Refuse to take rows out."""
        raise AppendOnlyError("nothing is taken out of the journal; a forum's goes with `remove`, a text with `erase`")


class Entries(_Kept):
    """Entries, and the one way to take them out."""

    @transaction.atomic
    def remove(self, scopes: Collection[str]) -> int:
        """Take whole journals out, because their forum is removed; give the number of rows that went."""
        doors = Removal.objects.bulk_create(Removal(scope=scope) for scope in set(scopes))
        removed = models.QuerySet.delete(self.filter(scope__in=scopes))[0]
        Removal.objects.filter(pk__in=[door.pk for door in doors]).delete()
        return removed


class Texts(_Kept):
    """Texts about people, and the one way to take them out."""

    def erase(self) -> int:
        """Delete texts with their salts, so that nobody can find out what they were; give their number."""
        return models.QuerySet.delete(self)[0]


class _Row(models.Model):
    """A row that is added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one."""
        if not self._state.adding:
            raise AppendOnlyError("the journal is added to and never changed; write another entry")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse to take the row out."""
        raise AppendOnlyError("nothing is taken out of the journal")


class Entry(_Row):
    """A decision. `template` is a marked sentence, `values` fill it and never hold personal data.

    `sealed` names the texts about people that fill it, too: field → whose (a person's key, or ""), who may see it, and
    the salted digest of the text. The text itself stands in a `JournalPayload`, until it is erased.
    """

    scope = models.CharField(max_length=120, db_index=True)  # forum/cycle, or "" for the installation
    number = models.PositiveIntegerField()
    format = models.PositiveSmallIntegerField(default=FIRST_FORMAT)  # rows from before this column have the first
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, blank=True, db_index=True)  # a person's key, never a name
    verb = models.CharField(max_length=60)
    template = models.TextField()
    values = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = Entries.as_manager()

    class Meta:
        ordering = ("scope", "number")
        constraints = (models.UniqueConstraint(fields=("scope", "number"), name="one_entry_per_number"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.number}: {self.verb}"


class JournalPayload(_Row):
    """A text about a person that an entry's sentence shows; the entry holds only its salted digest."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="payloads")
    field = models.CharField(max_length=40)
    person_key = models.CharField(max_length=40, blank=True, db_index=True)  # whose; "" when nobody's account
    text = models.TextField()
    salt = models.CharField(max_length=32)

    objects = Texts.as_manager()

    class Meta:
        ordering = ("entry", "field")
        constraints = (models.UniqueConstraint(fields=("entry", "field"), name="one_text_per_field"),)

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.field}"


class Removal(models.Model):
    """Stands only inside the transaction that removes a forum: the triggers let entries of its scope go."""

    scope = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.scope
