"""The structure of the house: what imports cannot see."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests.conftest import NOW
from tests.health import pages
from yiyang.base import holding, retaining
from yiyang.base.outbox import Event, handlers_of
from yiyang.base.retaining import Then
from yiyang.engine.sweeping import contracts
from yiyang.faces.shared.access import access_of
from yiyang.people.facts import FACTS, STATE_COLUMNS
from yiyang.people.models import State
from yiyang.policies import library

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "yiyang"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

HEARD_BY_NOBODY: frozenset[str] = frozenset()
LONG_FILES: dict[str, str] = {}  # path -> the reason why it may be longer than 500 lines
LONG_FUNCTIONS: dict[str, str] = {}  # path:name -> the reason why it may be longer than 80 lines
BANNED = {
    r"\belderly\b": "older person",
    r"\bseniors?\b": "older person",
    r"\bold people\b": "older people",
    r"\bpatients?\b": "person",
    r"\bcustomers?\b": "person",
    r"\bcaregivers?\b": "carer",
    r"\bnurses?\b": "carer",
    r"\bhandicapped\b": "name the measure",
    r"(?<![.\w])utils\b|(?<!\[)\bmisc\b": "the noun or the verb of the thing",
}


def sources(folder: Path = SRC, suffix: str = ".py") -> Iterator[Path]:
    for path in sorted(folder.rglob(f"*{suffix}")):
        if not {"migrations", "vendor", "__pycache__"} & set(path.parts):
            yield path


def contract(number: int) -> dict[str, list[str]]:
    return next(c for c in CONTRACTS if c["name"].startswith(f"{number} "))


def test_every_page_says_who_may_see_it() -> None:
    unmarked = [address for address, pattern in pages.views() if access_of(pattern.callback) is None]
    assert not unmarked, "mark these views @public, @staff, @duty(...) or @older_person"
    assert len(list(pages.views())) > 20


def test_every_event_is_heard_or_known_to_be_heard_by_nobody() -> None:
    kinds = [kind for kind in Event.__subclasses__() if kind.__module__.startswith("yiyang.")]
    silent = {kind.__name__ for kind in kinds if not handlers_of(kind)}
    assert silent == HEARD_BY_NOBODY
    assert len(kinds) >= 6


def test_foreign_keys_point_to_a_lower_room() -> None:
    floors = [word.strip("() ") for layer in contract(1)["layers"] for word in layer.split("|")]
    floor = {name: i for i, name in enumerate(floors)}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in floor
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and (target := field.related_model._meta.app_label) != model._meta.app_label
        and floor.get(target, len(floor)) <= floor[model._meta.app_label]
    ]
    assert not upward


def test_every_room_is_in_the_contract_on_rooms_and_every_face_in_the_contract_on_faces() -> None:
    rooms = {f"yiyang.{path.parent.name}" for path in SRC.glob("*/models.py")} - {"yiyang.base"}
    assert rooms == set(contract(5)["containers"])
    faces = {f"yiyang.faces.{path.parent.name}" for path in (SRC / "faces").glob("*/__init__.py")}
    assert faces - {"yiyang.faces.shared"} == set(contract(6)["modules"])


def test_the_law_is_kept_from_every_engine_module_but_its_own_four() -> None:
    modules = {
        f"yiyang.engine.{path.stem}"
        for path in (SRC / "engine").iterdir()
        if path.stem not in ("__init__", "__pycache__", "data")
    }
    allowed = {f"yiyang.engine.{name}" for name in ("ruling", "units", "errors", "calendars")}
    assert modules - allowed == set(contract(3)["forbidden_modules"])


@pytest.mark.parametrize(
    "pattern", [r"timezone\.(now|localtime|localdate)\(", r"\b(date|datetime)\.(today|now)\("]
)
def test_nobody_asks_the_clock_but_faces_and_site(pattern: str) -> None:
    asking = [
        path.relative_to(SRC).as_posix()
        for path in sources()
        if path.relative_to(SRC).parts[0] not in ("faces", "site")
        and re.search(pattern, path.read_text("utf-8"))
    ]
    assert not asking


def test_random_numbers_are_drawn_by_the_synthesiser_alone() -> None:
    drawing = [
        path.relative_to(SRC).as_posix()
        for path in sources()
        if re.search(
            r"^\s*(import random|from random)|np\.random|numpy\.random", path.read_text("utf-8"), re.M
        )
    ]
    assert all(path.startswith("engine/synthesising/") for path in drawing), drawing


def test_nothing_is_executed_from_text() -> None:
    calls = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
    ]
    assert not calls


def test_files_and_functions_keep_their_size() -> None:
    long_files, long_functions = [], []
    for path in sources():
        text, name = path.read_text("utf-8"), path.relative_to(SRC).as_posix()
        if text.count("\n") > 500 and name not in LONG_FILES:
            long_files.append(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 80:
                long_functions.append(f"{name}:{node.name}")
    assert not long_files
    assert not [found for found in long_functions if found not in LONG_FUNCTIONS]


def test_migrations_have_names_stand_in_line_and_never_import_the_house() -> None:
    for folder in SRC.glob("*/migrations"):
        numbers = sorted(path.stem.split("_")[0] for path in folder.glob("0*.py"))
        assert numbers == [f"{i:04d}" for i in range(1, len(numbers) + 1)], folder
        for path in folder.glob("0*.py"):
            assert "_auto_" not in path.stem
            assert "yiyang" not in re.sub(r"yiyang_\w+", "", path.read_text("utf-8")), path


def test_every_model_says_how_long_its_rows_are_kept() -> None:
    entries = list(retaining.entries())
    named = [entry.model for entry in entries]
    models = [model._meta.label for model in apps.get_models()]
    assert sorted(named) == sorted(models), "name each model in its room's retention.py"
    for entry in entries:
        assert entry.why, entry.model
        if entry.then is not Then.KEEP:
            assert str(entry.over(NOW).query), entry.model  # its columns exist


def test_a_copy_of_what_is_held_forgets_no_table_with_a_person_in_it() -> None:
    told = {one.model for one in holding.holdings()}
    about_people = {
        model._meta.label
        for model in apps.get_models()
        if {"person", "person_id"} & {field.name for field in model._meta.fields}
    }
    assert not about_people - told, (
        "say in the room's holdings.py what the table holds, or why it is not told"
    )
    for one in holding.holdings():
        assert bool(one.columns) != bool(one.why), one.model


def test_the_sweep_table_is_the_data_contract_of_the_law() -> None:
    columns = {field.attname for field in State._meta.concrete_fields}
    assert columns == set(STATE_COLUMNS)
    contract_fields = library.fields()
    assert set(contract_fields) == set(FACTS) | {"birth_ymd"}
    for key, spec in FACTS.items():
        assert contract_fields[key].nullable is not spec.known, key
    assert contracts.OLDEST >= 125


def test_no_file_uses_a_word_the_glossary_bans() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]} -> {instead}"
        for folder, suffix in ((SRC, ".py"), (ROOT / "tests", ".py"), (ROOT / "docs", ".md"))
        for path in sources(folder, suffix)
        if path != Path(__file__)
        for word, instead in BANNED.items()
        for match in re.finditer(word, path.read_text("utf-8"), re.I)
    ]
    assert not found


def test_raw_sql_reads_lower_rooms_and_writes_its_own_only() -> None:
    rooms = [Path(name.replace(".", "/")).name for name in contract(5)["containers"]] + ["base"]
    floors = [word.strip("() ") for layer in contract(1)["layers"] for word in layer.split("|")]
    wrong = []
    for path in sources():
        here = path.relative_to(SRC).parts[0]
        if here not in rooms:
            continue
        text = path.read_text("utf-8")
        for verb, room in re.findall(rf"(FROM|JOIN|INTO|UPDATE|DELETE FROM)\s+({'|'.join(rooms)})_\w+", text):
            lower = floors.index(room) > floors.index(here)
            if room != here and not (lower and verb in ("FROM", "JOIN")):
                wrong.append(f"{path.relative_to(SRC)}: {verb} {room}_…")
    assert not wrong


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_generated_pages_are_current(name: str) -> None:
    written = (pages.FOLDER / name).read_text("utf-8") if (pages.FOLDER / name).exists() else ""
    assert written == pages.PAGES[name](), "run `make docs`"
