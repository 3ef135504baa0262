"""Whoever sees both sees the pair; an alias follows the record it stands for; no two stays of a kind at once."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"


def seen(column: str) -> str:
    return f"EXISTS (SELECT FROM people_person seen WHERE seen.id = {column})"


def within(column: str) -> str:
    return f"({column} >= {LO} AND {column} < {HI})"


POLICIES = {
    "people_duplicate": f"{seen('a_id')} AND {seen('b_id')}",
    "people_merge": f"{seen('survivor_id')} AND {seen('other_id')}",
    "people_deathreport": seen("person_id"),
    "people_stay": seen("person_id"),
    "people_move": f"{within('from_division')} OR {within('to_division')}",
}

SQL = "\n".join(
    f"""
GRANT SELECT, INSERT, UPDATE ON {table} TO yiyang_app, yiyang_job;
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} TO yiyang_app, yiyang_job USING ({rule}) WITH CHECK ({rule});"""
    for table, rule in POLICIES.items()
)

SQL += f"""
GRANT USAGE ON SEQUENCE people_person_id_seq TO yiyang_app, yiyang_job;
GRANT SELECT ON people_stay TO yiyang_person;
CREATE POLICY own ON people_stay FOR SELECT TO yiyang_person USING ({seen("person_id")});
-- What was recorded about her under another id is hers as well.
CREATE POLICY own_alias ON people_person FOR SELECT TO yiyang_person USING (merged_into_id = {MINE});

CREATE FUNCTION people_stays_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM people_stay s
              WHERE s.person_id = NEW.person_id AND s.kind = NEW.kind AND s.id <> NEW.id
                AND s.since < coalesce(NEW.until, 'infinity') AND NEW.since < coalesce(s.until, 'infinity')) THEN
    RAISE EXCEPTION 'two stays of one kind at once' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_apart BEFORE INSERT OR UPDATE ON people_stay FOR EACH ROW EXECUTE FUNCTION people_stays_apart();

-- The phone of an alias leads to the account of the record that stands for it.
CREATE OR REPLACE FUNCTION people_accounts_of_phone(wanted bytea) RETURNS TABLE (account_id bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO accounts_user (login, kind, name, password, is_active, person_id)
    SELECT DISTINCT 'person:' || r.id, 'PERSON', '', '!', true, r.id
      FROM people_person p JOIN people_person r ON r.id = coalesce(p.merged_into_id, p.id)
     WHERE p.phone_bidx = wanted AND r.died_on IS NULL
    ON CONFLICT (person_id) DO NOTHING;
  SELECT u.id FROM accounts_user u
   WHERE u.is_active AND u.person_id IN
     (SELECT r.id FROM people_person p JOIN people_person r ON r.id = coalesce(p.merged_into_id, p.id)
       WHERE p.phone_bidx = wanted AND r.died_on IS NULL)
   ORDER BY u.person_id;
$$;
"""

SQL += """
SELECT base_audit_follow('people_merge', 'person', 'survivor_id', 'other_id,state');
SELECT base_audit_follow('people_deathreport', 'person', 'person_id', 'died_on,source,state');
SELECT base_audit_follow('people_stay', 'person', 'person_id', 'kind,since,until');
SELECT base_audit_follow('people_move', 'person', 'person_id', 'from_division,to_division,state');
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_one_record"), ("base", "0009_followed_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
