"""A second column keeps ID numbers unique while the key of their index is rotated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_followed")]
    operations = [
        migrations.AddField(
            model_name="person", name="id_number_bidx_next", field=models.BinaryField(null=True)
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=["id_number_bidx_next"],
                condition=models.Q(("id_number_bidx_next__isnull", False)),
                name="people_person_next_id_number",
            ),
        ),
    ]
