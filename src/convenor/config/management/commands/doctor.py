"""`convenor doctor`."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from convenor.config.doctor import HERE, Finding, Health, examine

SIGNS = {Health.GOOD: "ok", Health.ODD: "look", Health.BAD: "BAD", Health.UNKNOWN: "?"}


class Command(BaseCommand):
    """Check the installation and say what to do."""

    help = "Check the installation and say what to do; changes nothing. Ends with 1 if something is bad."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what only the reader knows, and how far to look."""
        parser.add_argument("--selector", default="", help="name of the mail server's DKIM key, `s=` in its mails")
        parser.add_argument("--offline", action="store_true", help="ask no name server")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look everything over."""
        self.say(self.findings(options["selector"], is_offline=options["offline"]))

    def say(self, findings: Iterable[Finding]) -> None:
        """Print each finding as it is made.

        Raises:
            CommandError: something is bad.
        """
        bad = 0
        for finding in findings:
            bad += finding.health is Health.BAD
            self.stdout.write(f"{SIGNS[finding.health]:5}{finding.sentence}")
            if finding.todo:
                self.stdout.write(f"     → {finding.todo}")
        if bad:
            raise CommandError(f"Bad: {bad}; what to do stands beside each.")
        self.stdout.write("Nothing is bad.")

    def findings(self, selector: str, *, is_offline: bool) -> Iterator[Finding]:
        """Give what is found here, then what the name servers say."""
        from convenor.config import doctor_dns

        yield from examine(now=timezone.now(), checks=HERE)
        domain, resolver = doctor_dns.sender_domain(), None if is_offline else doctor_dns.default_resolver()
        if resolver is None:
            yield Finding(
                Health.UNKNOWN,
                f"SPF, DKIM and DMARC of {domain or 'the sender'} were not looked at: no name server was asked.",
                f"By hand: `dig TXT {domain}` and `dig TXT _dmarc.{domain}`; "
                "docs/howto/sign-in-and-mail.md says what is good.",
            )
        else:
            yield from doctor_dns.examine_sender(domain, resolver=resolver, selector=selector)
