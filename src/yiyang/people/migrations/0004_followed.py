"""Every change of a person or a fact leaves a line."""

from django.db import migrations

SQL = """
SELECT base_audit_follow('people_person', 'person', 'id', 'division,hukou_division,died_on', 'name');
SELECT base_audit_follow('people_fact', 'person', 'person_id', 'key,source,valid_from');
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_batches"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
