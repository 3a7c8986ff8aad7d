"""The command line: usage, unknown verbs, exit codes."""

import subprocess
import sys

import pytest

from convenor.config import cli


def convenor(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "convenor.config", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_without_a_verb_the_usage_is_printed_and_the_code_is_2():
    done = convenor()

    assert (done.returncode, done.stdout) == (2, cli.usage())


def test_an_unknown_verb_is_a_sentence():
    done = convenor("adjourn")

    assert done.returncode == 2
    assert done.stderr.startswith("convenor: there is no verb “adjourn”. Known are: demo, ")


@pytest.mark.parametrize("verb", sorted(cli.VERBS))
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]):
    command = cli.command(verb)

    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["convenor", verb, "--help"])

    assert ended.value.code == 0
    assert "--traceback" not in capsys.readouterr().out


def test_a_missing_database_is_a_sentence_not_a_traceback(tmp_path):
    done = convenor(
        "evaluate", CONVENOR_HOME=str(tmp_path), CONVENOR_DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3"
    )

    assert (done.returncode, done.stderr) == (
        1,
        "convenor: the database is not set up yet: run `convenor setup` first.\n",
    )
