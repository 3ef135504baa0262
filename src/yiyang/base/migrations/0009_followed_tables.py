"""Changes of sensitive tables leave a line whoever makes them, a psql session of the superuser included."""

from django.db import migrations

SQL = """
-- One line a row. Arguments: what the row is about (person, account …), the column with its id, columns whose values
-- may stand in the log (states, days, places, codes), columns of names (shown as a mask), columns that do not count.
-- Of every other column the log says only that it changed.
CREATE FUNCTION base_audit_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  shown text[] := string_to_array(TG_ARGV[2], ',');
  masked text[] := string_to_array(TG_ARGV[3], ',');
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  now_is jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  whole jsonb := CASE WHEN TG_OP = 'DELETE' THEN was ELSE now_is END;
  changed text[] := '{}';
  told jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT coalesce(array_agg(key ORDER BY key), '{}') INTO changed FROM jsonb_each(now_is)
     WHERE value IS DISTINCT FROM was -> key AND key <> ALL (string_to_array(TG_ARGV[4], ','));
    IF cardinality(changed) = 0 THEN
      RETURN NULL;
    END IF;
  END IF;
  SELECT jsonb_build_object('table', TG_TABLE_NAME, 'row', coalesce(whole ->> 'id', ''),
           'before', coalesce(jsonb_object_agg(side.key, side.old) FILTER (WHERE side.old IS NOT NULL), '{}'),
           'after', coalesce(jsonb_object_agg(side.key, side.new) FILTER (WHERE side.new IS NOT NULL), '{}'))
    INTO told
    FROM (SELECT key, CASE WHEN key = ANY (masked) THEN left(was ->> key, 1) || '**' ELSE was ->> key END AS old,
                 CASE WHEN key = ANY (masked) THEN left(now_is ->> key, 1) || '**' ELSE now_is ->> key END AS new
            FROM jsonb_object_keys(whole) AS keys (key)
           WHERE (key = ANY (shown) OR key = ANY (masked)) AND (TG_OP <> 'UPDATE' OR key = ANY (changed))) side;
  INSERT INTO base_audit (at, actor, actor_name, duty, face, action, subject_kind, subject_id, fields, purpose, reason,
                          division, detail)
    VALUES (clock_timestamp(), coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user),
            '', '', CASE WHEN current_setting('app.purpose', true) LIKE '/%' THEN split_part(current_setting('app.purpose', true), '/', 2) ELSE '' END,
            'row_' || lower(TG_OP), TG_ARGV[0], (whole ->> TG_ARGV[1])::bigint, to_jsonb(changed),
            coalesce(current_setting('app.purpose', true), ''), '', coalesce(whole ->> 'division', ''), told);
  RETURN NULL;
END $$;

-- Loaders and migrations: one line a statement with the number of rows, or loading a city would write it twice.
-- The server's own counter is read before and after: rows are not kept a second time only to be counted.
CREATE FUNCTION base_audit_rows(which oid, act text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE act WHEN 'INSERT' THEN pg_stat_get_xact_tuples_inserted(which)
                  WHEN 'UPDATE' THEN pg_stat_get_xact_tuples_updated(which)
                  ELSE pg_stat_get_xact_tuples_deleted(which) END
$$;
CREATE FUNCTION base_audit_bulk() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  mark text := format('app.rows_%s_%s', TG_RELID, lower(TG_OP));
  n bigint := base_audit_rows(TG_RELID, TG_OP);
BEGIN
  IF TG_WHEN = 'BEFORE' THEN
    PERFORM set_config(mark, n::text, true);
    RETURN NULL;
  END IF;
  n := n - coalesce(nullif(current_setting(mark, true), ''), '0')::bigint;
  IF n > 0 OR current_setting('track_counts') = 'off' THEN
    INSERT INTO base_audit (at, actor, actor_name, duty, face, action, subject_kind, fields, purpose, reason, division,
                            detail)
      VALUES (clock_timestamp(), coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user),
              '', '', '', 'rows_' || lower(TG_OP), TG_ARGV[0], '[]',
              coalesce(current_setting('app.purpose', true), ''), '', '',
              jsonb_build_object('table', TG_TABLE_NAME, 'rows', n, 'under', coalesce(current_setting('app.lo', true), '')));
  END IF;
  RETURN NULL;
END $$;

-- A room follows its own tables by one call in a migration of its own.
CREATE FUNCTION base_audit_follow(
  followed regclass, kind text, subject text, shown text DEFAULT '', masked text DEFAULT '', ignored text DEFAULT ''
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_rows AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW'
    ' WHEN (current_user <> ALL (ARRAY[''yiyang_job'', ''yiyang_owner'']))'
    ' EXECUTE FUNCTION base_audit_change(%L, %L, %L, %L, %L)', followed, kind, subject, shown, masked, ignored);
  EXECUTE format('CREATE TRIGGER audit_bulk_before BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT'
    ' WHEN (current_user = ANY (ARRAY[''yiyang_job'', ''yiyang_owner''])) EXECUTE FUNCTION base_audit_bulk(%L)', followed, kind);
  EXECUTE format('CREATE TRIGGER audit_bulk AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT'
    ' WHEN (current_user = ANY (ARRAY[''yiyang_job'', ''yiyang_owner''])) EXECUTE FUNCTION base_audit_bulk(%L)', followed, kind);
END $$;
REVOKE ALL ON FUNCTION base_audit_follow(regclass, text, text, text, text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0008_sealed_log")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
