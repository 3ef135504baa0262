"""Every change of an assessment leaves a line; the level itself does not stand in it."""

from django.db import migrations

SQL = """
SELECT base_audit_follow('assessments_assessment', 'person', 'person_id', 'state,reason,assessed_on,valid_until');
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_scores_settled"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
