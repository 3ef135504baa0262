"""A person with a browser of her own: what she sees, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from django.test import Client

from yiyang.accounts.backends import StaffPassword
from yiyang.people import selectors as people
from yiyang.people import services
from yiyang.people.models import Person


class Page(Protocol):
    """What a browser got."""

    @property
    def content(self) -> bytes: ...


@dataclass
class Grandma:
    """Somebody who has come in."""

    person: Person
    phone: str
    browser: Client

    def reads(self, path: str, status: int = 200) -> str:
        """The words of a page."""
        answer = self.browser.get(path)
        assert answer.status_code == status, words_of(answer)
        return words_of(answer)

    def presses(self, path: str, **data: str) -> str:
        """Post a form and read where it leads."""
        answer = self.browser.post(path, data, follow=True)
        assert answer.status_code == 200, words_of(answer)
        return words_of(answer)


def words_of(answer: Page) -> str:
    """What stands on a page, without tags and blanks."""
    body = answer.content.decode().partition("<body>")[2]
    return "".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", "", body, flags=re.DOTALL)).split())


def enter(found: Person) -> Grandma:
    """Her account, and a browser in which she is in."""
    phone = people.phone_of(found)
    [account, *_] = services.accounts_of_phone(phone)
    user = StaffPassword().get_user(account)
    assert user is not None
    browser = Client()
    browser.force_login(user)
    return Grandma(found, phone, browser)
