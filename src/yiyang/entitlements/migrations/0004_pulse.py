"""The login roles may see when sweeps ended and how: no person is in that table."""

from django.db import migrations

SQL = "GRANT SELECT (state, as_of, finished_at, people, refused, seconds) ON entitlements_sweep TO yiyang_web, yiyang_work;"


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0003_call_about")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
