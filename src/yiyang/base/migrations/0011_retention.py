"""What the night may delete of the shared tables; an older person reads the lines about herself."""

from django.db import migrations

OWN = "subject_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"

SQL = f"""
GRANT DELETE ON base_outbox, base_heard, base_nightlyrun TO yiyang_job;
GRANT SELECT (id, at, actor, actor_name, duty, face, action, subject_kind, subject_id, fields, purpose, division)
  ON base_audit TO yiyang_person;
CREATE POLICY own ON base_audit FOR SELECT TO yiyang_person USING (subject_kind = 'person' AND {OWN});
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0010_rotation")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
