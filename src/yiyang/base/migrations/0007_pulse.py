"""The login roles may count what waits: these columns, no payload."""

from django.db import migrations

SQL = """
GRANT SELECT (occurred_at, done_at, attempts) ON base_outbox TO yiyang_web, yiyang_work;
GRANT SELECT (step, day, began, ended, ok) ON base_nightlyrun TO yiyang_web, yiyang_work;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0006_powers")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
