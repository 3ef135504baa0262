"""The six ways in which a request can fail, by what the caller should do next.

Each concrete error stands in the module that raises it, as a subclass of one of these, with a stable
``code`` and a Chinese ``message`` that says what can be done. ``str(error)`` is English: it goes to the
command line and the log.
"""

from __future__ import annotations


class HouseError(Exception):
    """Base of the six; never raised itself."""

    code = "house.error"
    message = "没有办成，请稍后再试"
    status = 500

    def __init__(self, detail: str = "", *, message: str | None = None) -> None:
        """``detail``: English, for the command line and the log. ``message``: Chinese, for the page."""
        super().__init__(detail or self.code)
        if message is not None:
            self.message = message


class Refused(HouseError):
    """The act is not possible now; the person is told the reason and what to do instead."""

    status = 422


class Forbidden(HouseError):
    """Somebody else's job; the person is told whose."""

    status = 403


class Missing(HouseError):
    """Not there, or outside the actor's scope: the two look alike."""

    code = "house.missing"
    message = "没有这个人或这件事，或不在您的范围"
    status = 404


class Conflict(HouseError):
    """Changed meanwhile: look again."""

    status = 409


class Unavailable(HouseError):
    """Something outside does not answer: later."""

    status = 503


class BrokenInvariant(HouseError):
    """A bug or damaged data; never caught."""

    code = "house.broken_invariant"
    message = "系统出了差错，没有改动任何数据，请联系管理员"
    status = 500
