"""The command line: `convenor <verb>`, thin over the management commands."""

import os
import sys
from importlib import import_module

from django.core.management.base import BaseCommand

import convenor
from convenor.shared.errors import Refused

# verb → (part of the house, one sentence)
VERBS = {
    "demo": ("config", "Set the example up, compute everything, serve it, print sign-in links."),
    "serve": ("config", "Serve the site, with a worker beside it."),
    "worker": ("config", "Carry out jobs; `serve` starts one by itself."),
    "setup": ("config", "Make or update the database and the static files."),
    "read-agenda": ("meetings", "Read a draft agenda and print it as an outline or as JSON."),
    "example": ("example", "Create the example year."),
    "import-proposals": ("proposals", "Take proposals over from CSV, XLSX or pretalx."),
    "evaluate": ("evaluation", "Compute the results of the evaluation."),
    "select": ("selection", "Compute the selection under the rule set's quotas."),
    "timetable": ("programme", "Compute the timetable."),
    "publish": ("publishing", "Write the public programme into a folder as static files."),
    "erase-due": ("cycle", "Erase what was kept as long as its forum says."),
    "verify": ("cycle", "Verify the journal's chain."),
    "send-mail": ("shared", "Send the mails that wait in the outbox."),
    "read-bounce": ("shared", "Read a mail that came back from standard input, and mark ours."),
    "translations": ("shared", "Tell how far the languages are; export what their readers said."),
    "doctor": ("config", "Check the installation and say what to do."),
}
_NOISE = frozenset(
    [
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
        "--skip-checks",
    ]
)


def usage() -> str:
    """Write what can be typed."""
    width = max(map(len, VERBS)) + 2
    rows = "\n".join(f"  {verb:{width}}{sentence}" for verb, (_part, sentence) in VERBS.items())
    title = f"Convenor {convenor.__version__}: the preparatory process of a multistakeholder forum."
    return f"{title}\n\nconvenor <verb> [--help]\n\n{rows}\n"


def main() -> None:
    """Run one verb; exit 0 when done, 1 when refused, 2 when the words are not understood, 130 when interrupted."""
    words = sys.argv[1:]
    if words[:1] in ([], ["--help"], ["-h"], ["help"]):
        sys.stdout.write(usage())
        sys.exit(0 if words else 2)
    if words[0] == "--version":
        sys.stdout.write(f"{convenor.__version__}\n")
        sys.exit(0)
    if words[0] not in VERBS:
        sys.stderr.write(f"convenor: there is no verb “{words[0]}”. Known are: {', '.join(VERBS)}.\n")
        sys.exit(2)
    try:
        command(words[0]).run_from_argv(["convenor", *words])
    except KeyboardInterrupt:
        sys.stderr.write("\nconvenor: interrupted; what was finished is kept, run it again to go on.\n")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output left early, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if (sentence := explain(error)) is None:
            raise
        sys.stderr.write(f"convenor: {sentence}\n")
        sys.exit(1)


def command(verb: str) -> BaseCommand:
    """Load a verb's command, without the options of the framework that nobody here needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenor.config.settings")
    import django  # noqa: PLC0415 - not needed to print the usage

    django.setup()
    module = import_module(f"convenor.{VERBS[verb][0]}.management.commands.{verb.replace('-', '_')}")
    found: BaseCommand = module.Command()
    found.suppressed_base_arguments = set(_NOISE)
    return found


def explain(error: Exception) -> str | None:
    """Say in one sentence what to do about an error that is not ours, or None for a fault of the program."""
    from django.db.utils import OperationalError, ProgrammingError  # noqa: PLC0415 - see command()

    if isinstance(error, Refused):
        return str(error)
    text = str(error).strip().splitlines()[0] if str(error).strip() else ""
    if isinstance(error, OperationalError | ProgrammingError) and ("no such table" in text or "does not exist" in text):
        return "the database is not set up yet: run `convenor setup` first."
    if isinstance(error, OperationalError):
        return f"the database did not answer ({text}): check CONVENOR_DATABASE_URL or the rights on CONVENOR_HOME."
    if isinstance(error, PermissionError):
        return f"no right to write {error.filename}: change the rights, or set CONVENOR_HOME to a folder of yours."
    return None
