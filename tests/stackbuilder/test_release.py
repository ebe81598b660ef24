"""The release's name follows what shapes a page, and nothing else."""

from stackbuilder.release import release_name


def project(folder):
    """Lay out the smallest project that has a release."""
    (folder / "templates").mkdir()
    (folder / "evidence").mkdir()
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (folder / "templates" / "page.html").write_text("<p>old</p>")
    (folder / "evidence" / "data.json").write_text("{}")
    return folder


def test_release_name_starts_with_the_version(tmp_path):
    name = release_name(project(tmp_path))

    assert name.startswith("1.2.3+")


def test_release_name_changes_with_a_template(tmp_path):
    before = release_name(project(tmp_path))

    (tmp_path / "templates" / "page.html").write_text("<p>new</p>")

    assert release_name(tmp_path) != before


def test_release_name_changes_when_a_template_moves(tmp_path):
    before = release_name(project(tmp_path))

    (tmp_path / "templates" / "page.html").rename(tmp_path / "templates" / "other.html")

    assert release_name(tmp_path) != before


def test_release_name_does_not_change_with_the_catalogue(tmp_path):
    before = release_name(project(tmp_path))

    (tmp_path / "evidence" / "data.json").write_text('{"goals": []}')

    assert release_name(tmp_path) == before
