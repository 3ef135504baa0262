"""What the documents say is there: settings, commands, targets, files, addresses."""

from __future__ import annotations

import argparse
import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.health import pages
from yiyang.site.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SETTING = re.compile(r"\b(?:YIYANG_[A-Z_]*[A-Z]|DATABASE_(?:[A-Z]+_)?URL)\b")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
ADDRESS = re.compile(r"`(/(?:e|w|g|api|k|sign-)[^`\s]*)`")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "changelog.d").glob("*.md")],
    key=lambda path: path.as_posix(),
)
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))


def texts(*folders: str) -> Iterator[str]:
    """Everything we wrote under these folders that a process runs."""
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and (path.suffix == ".py" or path.parent.name == "scripts"):
                yield path.read_text("utf-8")


def acts_of(parser: argparse.ArgumentParser) -> list[str]:
    """The words that may follow a command: ``start`` of ``yiyang db start``."""
    return [
        name
        for part in parser._actions
        if isinstance(part, argparse._SubParsersAction)
        for name in part.choices
    ]


def test_every_setting_that_the_code_reads_stands_in_the_readme() -> None:
    read = {name for text in texts("src", "scripts") for name in SETTING.findall(text)}
    assert len(read) >= 10
    assert read - set(SETTING.findall(README)) == set(), "add a row to the table of settings in README.md"


def test_the_readme_names_no_setting_that_nobody_reads() -> None:
    read = {name for text in texts("src", "scripts", "tests") for name in SETTING.findall(text)}
    assert set(SETTING.findall(README)) - read == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_its_acts_stand_in_the_readme(name: str) -> None:
    module = importlib.import_module(COMMANDS[name].module or f"yiyang.faces.console.{name}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    lines = [line for line in README.splitlines() if line.startswith(f"| `yiyang {name}")]
    assert lines, f"add a row for `yiyang {name}` to README.md"
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", " ".join(lines)))
    assert [act for act in acts_of(parser) if act not in words] == []


def test_every_make_target_is_said_somewhere() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M)
    said = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert len(targets) > 15
    assert [name for name in targets if not re.search(rf"(make |`){name}\b", said)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    broken = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_address_in_a_guide_is_an_address_of_the_site(path: Path) -> None:
    known = {address for address, _ in pages.views()}
    told = set(ADDRESS.findall(path.read_text("utf-8")))
    assert told - known == set()
    assert told or path.stem == "operator"


def test_every_direct_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    packages = json.loads((ROOT / "package.json").read_text("utf-8"))
    wanted = {re.split(r"[\[<>=~! ]", line)[0] for lines in extras.values() for line in lines}
    wanted |= set(packages.get("dependencies", {})) | set(packages.get("devDependencies", {}))
    assert {name for name in wanted if f"| {name} |" not in explained} == set()
