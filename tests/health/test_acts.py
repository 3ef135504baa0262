"""Whatever the log records as done has a word in Chinese: an older person reads who looked at her."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from yiyang.faces.shared.acts import ACTS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yiyang"


def words_in(value: ast.expr | None) -> Iterator[str]:
    """The texts that an expression may be."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from words_in(value.body)
        yield from words_in(value.orelse)


def recording(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | None, ast.expr]]:
    """Every ``audit.record(…, action=…)`` with the function around it."""
    for outer in [tree, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))]:
        for call in ast.walk(outer):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record":
                for word in call.keywords:
                    if word.arg == "action":
                        yield outer if isinstance(outer, ast.FunctionDef) else None, word.value


def passed(tree: ast.Module, helper: ast.FunctionDef, name: str) -> Iterator[str]:
    """What is handed to a function of the module that records an argument of its own."""
    places = [arg.arg for arg in helper.args.args]
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == helper.name:
            for word in call.keywords:
                if word.arg == name:
                    yield from words_in(word.value)
            if name in places and len(call.args) > places.index(name):
                yield from words_in(call.args[places.index(name)])


def acts() -> dict[str, str]:
    """Every act that code records, with a file that does."""
    found: dict[str, str] = {}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for helper, value in recording(tree):
            words = set(words_in(value))
            if helper is not None and isinstance(value, ast.Name):
                words |= set(passed(tree, helper, value.id))
            found |= {word: str(path.relative_to(SOURCE)) for word in words}
    return found


def test_every_act_in_the_log_has_a_word() -> None:
    found = acts()
    assert len(found) > 60, "the search finds too little to be right"
    assert {"mandate_given", "read_person", "revealed"} <= found.keys()
    assert {act: file for act, file in found.items() if act not in ACTS} == {}
