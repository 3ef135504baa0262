"""Whom a line is about, also where two records became one: lines written under the alias are hers as well."""

from django.db import migrations

SQL = """
CREATE OR REPLACE FUNCTION people_codes_for_auditors(ids bigint[], codes uuid[])
RETURNS TABLE (person_id bigint, person_code uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH named AS (
    SELECT coalesce(p.merged_into_id, p.id) AS one FROM people_person p WHERE p.code = ANY (codes)
  )
  SELECT p.id, p.code FROM people_person p WHERE p.id = ANY (ids)
  UNION
  SELECT p.id, p.code FROM people_person p JOIN named ON p.id = named.one
  UNION
  SELECT p.id, p.code FROM people_person p JOIN named ON p.merged_into_id = named.one;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_rights_cases_policies")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
