from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_letters")]

    operations = [
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("phone", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="notices_preference_once"),
                ],
            },
        ),
    ]
