"""What was recorded about her under another id is hers to read as well."""

from django.db import migrations

MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
ALIAS = f"person_id IN (SELECT p.id FROM people_person p WHERE p.merged_into_id = {MINE})"
TABLES = [
    "entitlements_decision",
    "entitlements_receipt",
    "entitlements_explanation",
    "entitlements_application",
    "entitlements_appeal",
]
SQL = "\n".join(
    f"CREATE POLICY own_alias ON {table} FOR SELECT TO yiyang_person USING ({ALIAS});" for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0006_ways"), ("people", "0008_one_record_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
