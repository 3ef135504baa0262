"""Every elder page, with sample people, passes every probe; no database, no rooms."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.browser.probes import HERE

pytestmark = pytest.mark.browser
ONE_OF_EACH = (
    "home-long-name", "subsidies-many", "why-unknown", "help-long-place", "help-done", "callback", "disagree",
    "disagree-fault", "disagree-done", "cases", "services", "look", "sos", "sign-in-fault", "code-fault",
    "signed-out", "refused", "helpers", "helpers-many", "helper-phone-fault", "helper-who",
    "helper-confirm-fault", "helper-no-phone", "helper-code-fault", "for-whom", "for-nobody", "mandate",
    "messages", "go-on",
    "code-called", "who-family", "home-for", "help-for", "cases-for", "not-in-mandate",
)  # fmt: skip
LONGEST = 600


def preview(*words: str) -> subprocess.CompletedProcess[str]:
    """The preview in a process of its own: it has other settings than the site."""
    command = [sys.executable, "-m", "tests.browser.preview_elder", "--quick", *words]
    root = HERE.parents[1]
    environment = {"PYTHONPATH": f"{root / 'src'}:{root}", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )


def test_every_page_passes_every_probe() -> None:
    done = preview(*ONE_OF_EACH)
    assert done.returncode == 0, done.stdout + done.stderr


def test_calling_reading_repairing_and_remembering_work() -> None:
    done = preview("--doing")
    assert done.returncode == 0, done.stdout + done.stderr
