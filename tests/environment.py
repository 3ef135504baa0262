"""Read before Django's settings (``-p tests.environment``): a state folder of this session's own.

Never the installation's: tests start their own PostgreSQL with their own keys and throw both away.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

STATE = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
STATE.chmod(0o755)
os.environ["YIYANG_STATE"] = str(STATE)
os.environ["YIYANG_KEYS"] = str(STATE / "keys.json")
os.environ["YIYANG_PROCESS"] = "work"
os.environ["DJANGO_SETTINGS_MODULE"] = "yiyang.site.settings"
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
