"""A column that keeps other columns of its row folded, for search; it is never written by hand."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

from convenor.proposals.folding import folded

Row = TypeVar("Row", bound=models.Model)


if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class FoldedText(_Text):
    """What some columns hold, folded; made anew whenever the row is inserted or these columns are saved."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{"default": "", "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        """Name the columns in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Fold what the row holds now."""
        text = "\n".join(folded(getattr(model_instance, name)) for name in self.of)
        setattr(model_instance, self.attname, text)
        return text


def with_folded(model: type[models.Model], names: Any) -> list[str]:
    """Add to the names of columns to be saved those that keep them folded."""
    given = list(names)
    columns = (field for field in model._meta.concrete_fields if isinstance(field, FoldedText))
    return given + [one.name for one in columns if one.name not in given and not set(one.of).isdisjoint(given)]


class FoldingQuerySet(models.QuerySet[Row]):
    """Rows whose folded columns follow when many are changed at once."""

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        """Change rows; Django does not ask a column for its value here, so it is made first."""
        rows, names = list(objs), with_folded(self.model, fields)
        for column in self.model._meta.concrete_fields:
            if isinstance(column, FoldedText) and column.name in names:
                for row in rows:
                    column.pre_save(row, add=False)
        return super().bulk_update(rows, names, batch_size=batch_size)

    def update(self, **values: Any) -> int:
        """Change rows by one statement; where columns are among them that are kept folded, fold these anew."""
        names = [name for name in with_folded(self.model, values) if name not in values]
        keys = list(self.values_list("pk", flat=True)) if names else []
        changed = super().update(**values)
        everybody = self.model._base_manager.using(self.db)  # the rows may fit this filter no more
        rows = list(everybody.filter(pk__in=keys))
        for column in self.model._meta.concrete_fields:
            if isinstance(column, FoldedText) and column.name in names:
                for row in rows:
                    column.pre_save(row, add=False)
        if rows:
            everybody.bulk_update(rows, names, batch_size=500)
        return changed
