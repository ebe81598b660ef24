"""The rows of the search index, and what each database searches them by.

SQLite copies a table to alter it, and its triggers go: a later migration that alters this one has
to make the triggers again (tests/evidence/searching/test_fulltext.py fails otherwise).
"""

from django.db import migrations, models

COLUMNS = ("folded_title", "folded_names", "folded_about", "folded_body")
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
WORDS = "evidence_searchentry_words"

# The text stands in our table alone; beginnings of two and three letters have an index.
# The words are folded already, so the tokenizer leaves accents to us.
SQLITE = [
    f"""CREATE VIRTUAL TABLE {WORDS} USING fts5({NAMES}, content='evidence_searchentry',
        content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3')""",
    f"""CREATE TRIGGER {WORDS}_insert AFTER INSERT ON evidence_searchentry BEGIN
        INSERT INTO {WORDS}(rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
    f"""CREATE TRIGGER {WORDS}_delete AFTER DELETE ON evidence_searchentry BEGIN
        INSERT INTO {WORDS}({WORDS}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END""",
    f"""CREATE TRIGGER {WORDS}_update AFTER UPDATE ON evidence_searchentry BEGIN
        INSERT INTO {WORDS}({WORDS}, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});
        INSERT INTO {WORDS}(rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
]
WEIGHED = " || ".join(
    f"setweight(to_tsvector('simple', {name}), '{weight}')" for name, weight in zip(COLUMNS, "ABCD")
)
POSTGRESQL = [
    f"ALTER TABLE evidence_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS ({WEIGHED}) STORED",
    "CREATE INDEX search_entry_words ON evidence_searchentry USING gin (words)",
]


def make_index(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {WORDS}_{act}")
        schema_editor.execute(f"DROP TABLE {WORDS}")
    else:
        schema_editor.execute("DROP INDEX search_entry_words")
        schema_editor.execute("ALTER TABLE evidence_searchentry DROP COLUMN words")


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0003_workflow'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('compound', 'Compound'), ('goal', 'Goal'), ('outcome', 'Outcome'), ('article', 'Deep dive')], max_length=10)),
                ('slug', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=150)),
                ('names', models.JSONField(default=list, help_text='Other names, as they are shown.')),
                ('summary', models.TextField(blank=True)),
                ('goal', models.SlugField(blank=True, help_text='The goal that an outcome serves.', max_length=60)),
                ('public_from', models.DateTimeField(null=True)),
                ('spellings', models.JSONField(default=list, help_text='[folded, as shown] for the title, then for each other name.')),
                ('folded_title', models.TextField()),
                ('folded_names', models.TextField(blank=True)),
                ('folded_about', models.TextField(blank=True, help_text='Names of its goals and outcomes.')),
                ('folded_body', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='search_entry_is_the_only_one')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
