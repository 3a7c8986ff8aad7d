"""Words of every page that come from the cycle's rule set, and what its reader may do."""

from django import template
from django.template import Context
from django.utils.translation import get_language

from convenor.cycle.access import request_roles
from convenor.cycle.models import Cycle
from convenor.cycle.rule_life import OWN
from convenor.people.roles import Role

register = template.Library()


@register.simple_tag(takes_context=True)
def named(context: Context, kind: str, code: str) -> str:
    """Name a code of the cycle's rule set (kind: themes, regions, groups, formats, criteria, reasons)."""
    cycle: Cycle = context["cycle"]
    return cycle.rules.named(kind, code, get_language() or "en")


@register.simple_tag(takes_context=True)
def short(context: Context, kind: str, code: str) -> str:
    """Give the short name of a code, as tables print it."""
    cycle: Cycle = context["cycle"]
    return cycle.rules.short(kind, code, get_language() or "en")


@register.simple_tag(takes_context=True)
def visible(context: Context, field: str) -> bool:
    """Say whether the reader may see a field of proposals and their people, by the table of the cycle's rules.

    A page may say `is_own` of what belongs to its reader, who sees what they wrote.
    """
    cycle: Cycle | None = context.get("cycle")
    if cycle is None or (context.get("is_own") and field in OWN):
        return True
    request = context.get("request")
    held = request_roles(request, cycle) if request else frozenset({Role.PUBLIC})
    return cycle.rules.visible(field, held)


@register.simple_tag(takes_context=True)
def roles(context: Context) -> frozenset[str]:
    """Give the reader's roles in the cycle of the page, for parts that only some see."""
    cycle = context.get("cycle")
    return frozenset(request_roles(context["request"], cycle)) if cycle else frozenset()
