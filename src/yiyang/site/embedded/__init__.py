"""A PostgreSQL of our own for development, the demo and the tests: used only where DATABASE_URL is empty.

It lives in one state folder (never in site-packages), listens on one Unix socket and on no network, runs
under an unprivileged account when we are root, and either starts or says in one sentence why it cannot.
"""

from yiyang.site.embedded.files import default_state
from yiyang.site.embedded.preparing import prepare
from yiyang.site.embedded.sentences import CannotServe
from yiyang.site.embedded.server import SETTINGS, TEST_SETTINGS, Server

__all__ = ["SETTINGS", "TEST_SETTINGS", "CannotServe", "Server", "default_state", "prepare"]
