"""Keeps what hangs on parts that are taken out of an agenda, so that undoing brings it back with them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import CASCADE, SET_NULL, ForeignKey, Model, Q

from convenor.meetings.models import Block, Day, Item
from convenor.meetings.syncing import LETTERS

Aside = Mapping[str, Any]
Keys = Mapping[type[Model], Iterable[int]]
PARTS: tuple[type[Model], ...] = (Day, Block, Item)


def set_aside(gone: Collection[str]) -> dict[str, Any]:
    """Give what hangs on parts that are about to go, as JSON knows it.

    `rows` go with them, `pointers` of rows that stay lose them, `since` says with which version each item came.
    """
    keys: Keys = {model: [int(key[1:]) for key in gone if key[0] == LETTERS[model]] for model in PARTS}
    rows = [row for model in hanging() for row in model._default_manager.filter(_on(model, keys))]
    since = dict(Item.objects.filter(pk__in=keys[Item]).exclude(since=None).values_list("pk", "since"))
    came = {f"i{key}": number for key, number in since.items()}
    pointers = [
        [model._meta.label, pk, field.attname, to]
        for model in apps.get_models()
        for field in _ends(model, SET_NULL)
        for pk, to in model._default_manager.filter(**{f"{field.name}__in": keys[field.related_model]}).values_list(
            "pk", field.attname
        )
    ]
    return {"rows": serializers.serialize("python", rows), "since": came, "pointers": pointers}


def put_back(aside: Aside, come: Collection[str]) -> dict[str, Any]:
    """Write what hung on parts that have come back; give what still waits for others."""
    if not come:
        return dict(aside)
    since = dict(aside.get("since", {}))
    for key in set(come) & since.keys():
        Item.objects.filter(pk=int(key[1:])).update(since=since.pop(key))
    waiting = []
    for row in aside.get("rows", ()):
        restored = next(iter(serializers.deserialize("python", [row])))
        if _stands(restored.object):
            restored.save()
        else:
            waiting.append(row)
    pointers = [one for one in aside.get("pointers", ()) if not _pointed(*one)]
    return {"rows": waiting, "since": since, "pointers": pointers}


def together(*asides: Aside) -> dict[str, Any]:
    """Put several into one."""
    since = {key: number for one in asides for key, number in one.get("since", {}).items()}
    lists = {name: [row for one in asides for row in one.get(name, ())] for name in ("rows", "pointers")}
    return {"since": since, **lists}


def hanging() -> list[type[Model]]:
    """Give the kinds of row that go with a part of an agenda: links, open points, and whatever else points to one."""
    return [model for model in apps.get_models() if _ends(model)]


def _on(model: type[Model], keys: Keys) -> Q:
    found = Q(pk__in=())
    for field in _ends(model):
        found |= Q(**{f"{field.name}__in": keys[field.related_model]})
    return found


def _stands(row: Model) -> bool:
    """Whether everything that a row hangs on is there; what it can do without, and is gone, it no longer names."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or getattr(row, field.attname) is None:
            continue
        if not field.related_model._default_manager.filter(pk=getattr(row, field.attname)).exists():
            if field.remote_field.on_delete is not SET_NULL:
                return False
            setattr(row, field.attname, None)
    return True


def _pointed(label: str, pk: int, name: str, to: int) -> bool:
    """Let a row point again to a part that has come back, unless it points elsewhere by now."""
    model = apps.get_model(label)
    field = model._meta.get_field(name.removesuffix("_id"))
    if not field.related_model._default_manager.filter(pk=to).exists():
        return False
    model._default_manager.filter(pk=pk, **{name: None}).update(**{name: to})
    return True


def _ends(model: type[Model], on_delete: Any = CASCADE) -> list["ForeignKey[Any, Any]"]:
    """Give the keys by which rows hang on parts of an agenda, and go with them, or stay without them."""
    if model in PARTS:
        return []
    fields = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return [field for field in fields if field.related_model in PARTS and field.remote_field.on_delete is on_delete]
