"""Every change of a revision of the law leaves a line, with its numbers: they are public."""

from django.db import migrations

SQL = """
SELECT base_audit_follow('policies_revision', 'revision', 'id',
  'key,place,since,until,value,merge,state,proposed_by_id,approved_by_id,document_number,document_on');
"""


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_rights"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
