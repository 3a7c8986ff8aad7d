"""Who evaluates what, the grades, and the computed results."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenor.cycle.models import Cycle, RuleSet
from convenor.people.models import Person
from convenor.proposals.models import Proposal


class Conflict(models.Model):
    """A declared conflict of interest; it takes the proposal off the member's list."""

    member = models.ForeignKey(Person, models.CASCADE, related_name="conflicts")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("member", "proposal"), name="one_conflict_per_pair"),)

    def __str__(self) -> str:
        return f"{self.member} ≠ {self.proposal}"


class Evaluation(models.Model):
    """One member's grades of one proposal. A missing grade is a blank, never a zero."""

    member = models.ForeignKey(Person, models.CASCADE, related_name="evaluations")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="evaluations")
    grades = models.JSONField(default=dict)  # criterion code → grade, blanks absent
    has_abstained = models.BooleanField(default=False)
    comment = models.TextField(_("comment"), blank=True)
    reasons = models.JSONField(default=list)  # codes of the rule set's standard reasons
    merge_with = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("member", "proposal"), name="one_evaluation_per_pair"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.proposal}"


class Ranking(models.Model):
    """One computation of a cycle's results; the newest counts."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="rankings")
    # The version it was computed under; null only for what was computed before versions were kept.
    rule_set = models.ForeignKey(RuleSet, models.RESTRICT, null=True, blank=True, related_name="rankings")
    computed_at = models.DateTimeField()
    line = models.PositiveIntegerField()  # places filled by score
    seed = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)  # variances, mean, noise band, counts of blanks and conflicts

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.cycle} {self.computed_at:%Y-%m-%d %H:%M}"


class Result(models.Model):
    """What a ranking says of one proposal."""

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="results")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="results")
    n = models.PositiveSmallIntegerField()
    mean = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    calibrated = models.FloatField(null=True)
    half_width = models.FloatField(null=True)
    chance_in = models.FloatField(default=0)
    rank = models.PositiveIntegerField()
    tied_with = models.PositiveSmallIntegerField(default=0)  # others with the same mean
    calibrated_rank = models.PositiveIntegerField()
    blanks = models.PositiveSmallIntegerField(default=0)
    conflicts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("calibrated_rank", "proposal_id")
        constraints = (models.UniqueConstraint(fields=("ranking", "proposal"), name="one_result_per_ranking"),)

    def __str__(self) -> str:
        return f"{self.calibrated_rank}: {self.proposal}"
