"""Scenarios: what would be taken under which rules, and why."""

from django.db import models
from django.urls import reverse

from convenor.cycle.models import Cycle, RuleSet
from convenor.proposals.models import Proposal


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios by what came out."""

    def kept(self) -> "ScenarioQuerySet":
        """Leave out those whose rules could not hold together."""
        return self.filter(total__isnull=False)


class Scenario(models.Model):
    """One computed selection under a slot budget and quotas; the newest in which the rules held is shown."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="scenarios")
    # The version it was computed under; null only for what was computed before versions were kept.
    rule_set = models.ForeignKey(RuleSet, models.RESTRICT, null=True, blank=True, related_name="scenarios")
    computed_at = models.DateTimeField()
    places = models.PositiveIntegerField()
    quotas = models.JSONField(default=list)
    seed = models.PositiveIntegerField()
    is_proven = models.BooleanField(default=False)
    total = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    # Rules that cannot hold together, with figures, as data; empty when a selection was found.
    conflict = models.JSONField(default=dict)
    # Pairs of alike proposals, or such as members asked to merge: {"one", "other", "likeness", "asked"}, by number.
    mergers = models.JSONField(default=list)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.cycle}: {self.places}"

    def get_absolute_url(self) -> str:
        """Address at which it is shown, also once there is a newer one."""
        return f"{reverse('selection:workbench', args=self.cycle.address)}?scenario={self.pk}"


class Choice(models.Model):
    """What a scenario says of one proposal: in or out, and why, as data."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="choices")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="choices")
    is_in = models.BooleanField()
    score = models.FloatField()
    reason = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    # Single changes that would bring it in, as data; null until somebody asks.
    changes = models.JSONField(null=True, default=None)

    class Meta:
        ordering = ("-score", "proposal_id")
        constraints = (models.UniqueConstraint(fields=("scenario", "proposal"), name="one_choice_per_scenario"),)

    def __str__(self) -> str:
        return f"{'in' if self.is_in else 'out'}: {self.proposal}"
