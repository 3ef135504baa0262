"""Leads may wait; the case load says so of a person whose leads do."""

from django.conf import settings
from django.db import migrations, models

WAITS = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('outreach_keep_caseload()'::regprocedure),
                  $a$WHEN bool_or(state = 'UNREACHABLE') THEN 'UNREACHABLE'$a$,
                  $b$WHEN bool_or(state = 'PAUSED') THEN 'PAUSED'
            WHEN bool_or(state = 'UNREACHABLE') THEN 'UNREACHABLE'$b$);
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0005_again_on"),
        ("people", "0008_one_record_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="lead",
            name="outreach_lead_one_open",
        ),
        migrations.AddField(
            model_name="lead",
            name="paused_from",
            field=models.CharField(db_default="", default="", max_length=22),
        ),
        migrations.AlterField(
            model_name="lead",
            name="state",
            field=models.CharField(
                choices=[
                    ("NEW", "没人接"),
                    ("ASSIGNED", "有人接了"),
                    ("CONTACTED", "联系上了"),
                    ("APPLIED", "已帮办"),
                    ("DECLINED", "本人不要"),
                    ("UNREACHABLE", "联系不上"),
                    ("NOT_ELIGIBLE_AFTER_ALL", "核实后不符合"),
                    ("PAUSED", "暂停"),
                    ("CLOSED", "已了结"),
                ],
                default="NEW",
                max_length=22,
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "NEW",
                            "ASSIGNED",
                            "CONTACTED",
                            "APPLIED",
                            "DECLINED",
                            "UNREACHABLE",
                            "NOT_ELIGIBLE_AFTER_ALL",
                            "PAUSED",
                        ),
                    )
                ),
                fields=("person", "benefit"),
                name="outreach_lead_one_open",
            ),
        ),
        migrations.RunSQL(WAITS, migrations.RunSQL.noop),
    ]
