"""A line that does not name its face takes it from the address of the page, as the transaction was told."""

from django.db import migrations

SQL = """
ALTER TABLE base_audit ALTER COLUMN face SET DEFAULT CASE WHEN current_setting('app.purpose', true) LIKE '/%'
  THEN split_part(current_setting('app.purpose', true), '/', 2) ELSE '' END;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0012_signed_seals")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
