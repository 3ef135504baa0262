"""Names by their sound: the initials that staff type to find somebody."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

SURNAME_INITIALS = {
    "仇": "Q", "单": "S", "解": "X", "查": "Z", "曾": "Z", "区": "O", "朴": "P", "盖": "G",
    "翟": "Z", "缪": "M", "覃": "Q", "冼": "X", "员": "Y", "尉": "W", "种": "C", "重": "C",
    "牟": "M", "谌": "C", "黑": "H", "秘": "B", "繁": "P", "隗": "W", "召": "S", "折": "S",
}  # fmt: skip
"""Surnames that sound otherwise than the word, or are often misread."""

DOUBLE_SURNAME_INITIALS = {"尉迟": "YC", "万俟": "MQ", "单于": "CY", "长孙": "ZS", "澹台": "TT", "令狐": "LH"}


@lru_cache(maxsize=65536)
def initials_of(name: str) -> str:
    """Upper-case first letters, one a character: 单德海 gives ``SDH``, 曾秀英 ``ZXY``.

    Latin letters stay; anything else is left out, so the result may be empty.
    """
    head = DOUBLE_SURNAME_INITIALS.get(name[:2]) if len(name) > 2 else None
    if head is not None:
        return head + word_initials(name[2:])
    surname = SURNAME_INITIALS.get(name[:1])
    return surname + word_initials(name[1:]) if surname else word_initials(name)


def word_initials(text: str) -> str:
    """The same for a word that is no full name: no surname is looked for."""
    syllables = lazy_pinyin(list(text), style=Style.FIRST_LETTER, strict=False)
    return "".join(s[0].upper() for s in syllables if s and s[0].isascii() and s[0].isalpha())


def sounds_of(name: str) -> tuple[str, ...]:
    """The syllables of a name without tones, one a character: 王秀英 and 汪秀瑛 sound alike.

    Latin letters stay as one syllable each, in small letters; blanks and signs are left out.
    """
    return tuple(sound for character in name if (sound := _sound(character)))


@lru_cache(maxsize=65536)
def _sound(character: str) -> str:
    (sound,) = lazy_pinyin(character, strict=False) or [""]
    return sound.lower() if sound.isalpha() else ""
