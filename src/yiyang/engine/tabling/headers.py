"""Column names as offices write them, brought to ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yiyang.engine.tabling.lines import BadFile

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_SIGNS = re.compile(r"[\s*:：_\-/、.．]+")


def plain(name: str) -> str:
    """``*身份证号（必填）：`` and ``身份证 号`` are one name."""
    word = _ASIDE.sub("", unicodedata.normalize("NFKC", name))
    return _SIGNS.sub("", word).lower()


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which of our columns stands where; ``unknown`` names columns that nobody reads."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]


def mapped(
    header: Sequence[str],
    names: Mapping[str, Sequence[str]],
    required: Sequence[str],
    ours: Sequence[str] = (),
) -> Mapped:
    """Find our columns in a header.

    Args:
        header: names as written.
        names: our key -> every name it may go by, our own title first.
        required: keys that must be there.
        ours: names that we ourselves wrote into a returned file (reason, hint): left aside in silence.

    Raises:
        BadFile: one column twice, or a required one missing; the sentence names them.
    """
    by_name = {plain(name): key for key, all_names in names.items() for name in (key, *all_names)}
    aside = {plain(name) for name in ours}
    places: dict[str, int] = {}
    unknown = []
    for index, name in enumerate(header):
        word = plain(name)
        key = by_name.get(word)
        if key is None:
            if word and word not in aside:
                unknown.append(name)
        elif key in places:
            first, second = header[places[key]], name
            raise BadFile(
                f"{key} stands in two columns",
                message=f"表头里“{first}”和“{second}”是同一项，分不清用哪一列。请只留一列",
            )
        else:
            places[key] = index
    _check_same(header)
    missing = [names[key][0] for key in required if key not in places]
    if missing:
        listed = "、".join(f"“{name}”" for name in missing)
        raise BadFile(f"missing columns: {[key for key in required if key not in places]}",
                      message=f"表头里缺少{listed}。请补上这些列，或用下载的模板填写")  # fmt: skip
    return Mapped(places, tuple(unknown))


def _check_same(header: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in header:
        word = plain(name)
        if word and word in seen:
            raise BadFile("a column name stands twice", message=f"表头里“{name}”出现了两次。请改掉或删掉一列")
        seen.add(word)
