"""The three powers read the tree of places: a duty and a line of the log name one."""

from django.db import migrations

SQL = """
GRANT SELECT ON regions_region TO yiyang_system, yiyang_security, yiyang_audit;
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
