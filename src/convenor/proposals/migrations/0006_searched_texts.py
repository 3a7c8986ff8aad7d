"""Keep title and description of every proposal folded for search."""

from typing import Any

from django.db import migrations

import convenor.proposals.searched

COLUMNS = ("searched_title", "searched_text")
AT_ONCE = 200


def fill(apps: Any, _editor: Any) -> None:
    """Fold what is there already."""
    proposals = apps.get_model("proposals", "Proposal")._base_manager
    columns = [proposals.model._meta.get_field(name) for name in COLUMNS]
    keys = list(proposals.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        rows = list(proposals.filter(pk__in=keys[start : start + AT_ONCE]).only("title", "summary"))
        for row in rows:
            for column in columns:
                column.pre_save(row, add=False)
        proposals.bulk_update(rows, COLUMNS)


class Migration(migrations.Migration):
    dependencies = (("proposals", "0005_drafts"),)

    operations = (
        migrations.AddField(
            model_name="proposal",
            name="searched_text",
            field=convenor.proposals.searched.FoldedText(
                blank=True, default="", editable=False, of=("title", "summary")
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="searched_title",
            field=convenor.proposals.searched.FoldedText(blank=True, default="", editable=False, of=("title",)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
