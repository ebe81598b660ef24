"""Readers of the environment: what they take, what they refuse, and in which words."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from stackbuilder.environment import Environment, InvalidEnvironment, kept_secret_key

BASE = Path("/srv/site")
DEFAULT_DATABASE = BASE / "var" / "stackbuilder.sqlite3"
LONG_KEY = "kD3-vJ8_xQ1mZ5rT7yB2nW4pL6sH9gF0cA-eU_iO3jK8lM1qN5zX"


def database(url):
    """Read DATABASE_URL as the settings do."""
    values = {} if url is None else {"DATABASE_URL": url}
    return Environment(values).database("DATABASE_URL", default=DEFAULT_DATABASE, base=BASE)


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_boolean_takes_the_spellings_of_yes(value):
    assert Environment({"DEBUG": value}).boolean("DEBUG", default=False) is True


@pytest.mark.parametrize("value", ["0", "False", "no", "off"])
def test_boolean_takes_the_spellings_of_no(value):
    assert Environment({"DEBUG": value}).boolean("DEBUG", default=True) is False


def test_boolean_unset_is_its_default():
    assert Environment({}).boolean("DEBUG", default=True) is True


@pytest.mark.parametrize("value", ["flase", "2", "", "y", "None"])
def test_boolean_refuses_anything_else(value):
    with pytest.raises(InvalidEnvironment, match="DEBUG"):
        Environment({"DEBUG": value}).boolean("DEBUG", default=False)


def test_refusal_names_variable_value_allowed_and_example():
    with pytest.raises(InvalidEnvironment) as caught:
        Environment({"PORT": "eight"}).whole_number("PORT", default=8000, low=1, high=65535)

    assert str(caught.value) == (
        "PORT is 'eight', but must be a whole number from 1 to 65535. For example: PORT=8000"
    )


@pytest.mark.parametrize("value, expected", [("1", 1), ("65535", 65535), (" 8080 ", 8080)])
def test_whole_number_takes_its_range(value, expected):
    environment = Environment({"PORT": value})

    assert environment.whole_number("PORT", default=8000, low=1, high=65535) == expected


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8_000", "80.0", "٨", "9" * 5000, ""])
def test_whole_number_refuses_what_is_outside_or_no_number(value):
    with pytest.raises(InvalidEnvironment, match="from 1 to 65535"):
        Environment({"PORT": value}).whole_number("PORT", default=8000, low=1, high=65535)


def test_choice_takes_any_case():
    environment = Environment({"LOG_LEVEL": "debug"})

    assert environment.choice("LOG_LEVEL", default="INFO", among=("DEBUG", "INFO")) == "DEBUG"


def test_choice_refuses_what_is_not_among_them():
    with pytest.raises(InvalidEnvironment, match="one of DEBUG, INFO"):
        Environment({"LOG_LEVEL": "LOUD"}).choice(
            "LOG_LEVEL", default="INFO", among=("DEBUG", "INFO")
        )


def test_time_zone_takes_an_iana_name():
    environment = Environment({"TIME_ZONE": "Europe/Berlin"})

    assert environment.time_zone("TIME_ZONE", default="UTC") == "Europe/Berlin"


@pytest.mark.parametrize("value", ["Berlin", "../../etc/passwd", "+01:00"])
def test_time_zone_refuses_an_unknown_place(value):
    with pytest.raises(InvalidEnvironment, match="IANA"):
        Environment({"TIME_ZONE": value}).time_zone("TIME_ZONE", default="UTC")


def test_folder_is_made(tmp_path):
    wanted = tmp_path / "far" / "down"

    folder = Environment({"DATA_DIR": str(wanted)}).folder("DATA_DIR", default=tmp_path)

    assert folder == wanted
    assert wanted.is_dir()


def test_folder_refuses_a_relative_path(tmp_path):
    with pytest.raises(InvalidEnvironment, match="absolute path"):
        Environment({"DATA_DIR": "var"}).folder("DATA_DIR", default=tmp_path)


def test_folder_refuses_a_file(tmp_path):
    (tmp_path / "note").write_text("not a folder")

    with pytest.raises(InvalidEnvironment, match="DATA_DIR"):
        Environment({"DATA_DIR": str(tmp_path / "note")}).folder("DATA_DIR", default=tmp_path)


@pytest.mark.parametrize(
    "value, expected",
    [
        ("example.org", ["example.org"]),
        ("a.example, b.example", ["a.example", "b.example"]),
        (".example.org", [".example.org"]),
        ("[::1],127.0.0.1", ["[::1]", "127.0.0.1"]),
    ],
)
def test_host_names_takes_names_and_addresses(value, expected):
    assert Environment({"HOSTS": value}).host_names("HOSTS", default=[]) == expected


@pytest.mark.parametrize(
    "value", ["*", "example.org:8000", "https://example.org", "a,,b", "a/b", "a b", "-a"]
)
def test_host_names_refuses_ports_paths_and_everything(value):
    with pytest.raises(InvalidEnvironment, match="host names"):
        Environment({"HOSTS": value}).host_names("HOSTS", default=[])


@pytest.mark.parametrize(
    "value",
    ["https://example.org", "http://localhost:8000", "https://*.example.org", "http://[::1]:80"],
)
def test_origins_takes_scheme_host_and_port(value):
    assert Environment({"ORIGINS": value}).origins("ORIGINS", default=[]) == [value]


@pytest.mark.parametrize(
    "value", ["example.org", "https://", "https://example.org/", "ftp://a", "https://a:x", "*"]
)
def test_origins_refuses_what_is_not_an_origin(value):
    with pytest.raises(InvalidEnvironment, match="origins"):
        Environment({"ORIGINS": value}).origins("ORIGINS", default=[])


def test_database_unset_is_the_sqlite_file_by_default():
    config = database(None)

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == DEFAULT_DATABASE


@pytest.mark.parametrize(
    "url, path",
    [
        ("sqlite:///data/site.sqlite3", BASE / "data/site.sqlite3"),
        ("sqlite:////mnt/site.sqlite3", Path("/mnt/site.sqlite3")),
    ],
)
def test_database_takes_a_sqlite_path(url, path):
    config = database(url)

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == path


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_database_takes_a_postgresql_address(scheme):
    config = database(f"{scheme}://ann:p%40ss@db.example:5433/site?sslmode=require")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"]) == ("ann", "p@ss")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "site")
    assert config["OPTIONS"] == {"sslmode": "require"}


def test_database_takes_a_postgresql_socket():
    config = database("postgresql://ann@/site?host=/run/postgresql")

    assert config["OPTIONS"] == {"host": "/run/postgresql"}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann@db.example/site",
        "postgis://ann@db.example/site",
        "site.sqlite3",
        "nonsense",
        "postgres:site",
        "postgres://ann@db.example",
        "postgres://ann@db.example/",
        "postgres://ann@db.example:many/site",
        "postgres://ann@db.example:70000/site",
        "postgres://ann@db.example/site?sslmod=require",
        "postgres://ann@db.example/site?conn_max_age=60",
        "postgres://[::1/site",
        "sqlite://",
        "sqlite:///",
        "sqlite://:memory:",
        "sqlite:///:memory:",
        "sqlite://host/site.sqlite3",
        "sqlite:///site.sqlite3?timeout=5",
        "",
    ],
)
def test_database_refuses_foreign_schemes_and_nonsense(url):
    with pytest.raises(InvalidEnvironment, match="postgres://"):
        database(url)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ann:s3cret@db.example/site",
        "postgres://ann:s3cret@db.example/",
        "postgres://ann:s3cret%zz@db.example/site",
        "postgres://ann:s3cret@x@db.example/site",
        "postgres://db.example/site?password=s3cret&x=1",
        "postgres://ann:s3cret/x@[db/site",
    ],
)
def test_refused_database_does_not_show_its_password(url):
    with pytest.raises(InvalidEnvironment) as caught:
        database(url)

    assert "s3cret" not in str(caught.value)


def test_secret_key_comes_from_the_environment(tmp_path):
    environment = Environment({"SECRET_KEY": LONG_KEY})

    assert environment.secret_key("SECRET_KEY", path=tmp_path / "key") == LONG_KEY
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("value", ["", "short-s3cret", "s" * 60])
def test_secret_key_refuses_a_weak_one_without_showing_it(tmp_path, value):
    with pytest.raises(InvalidEnvironment) as caught:
        Environment({"SECRET_KEY": value}).secret_key("SECRET_KEY", path=tmp_path / "key")

    assert "short-s3cret" not in str(caught.value)
    assert "token_urlsafe" in str(caught.value)


def test_secret_key_is_made_once_and_kept(tmp_path):
    path = tmp_path / "key"

    first = Environment({}).secret_key("SECRET_KEY", path=path)
    second = Environment({}).secret_key("SECRET_KEY", path=path)

    assert first == second
    assert len(first) >= 50


def test_kept_secret_key_can_be_read_by_its_owner_only(tmp_path):
    kept_secret_key(tmp_path / "key")

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_kept_secret_key_is_the_same_for_all_who_start_at_once(tmp_path):
    together = Barrier(16)

    def start(_):
        together.wait()
        return kept_secret_key(tmp_path / "key")

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(start, range(16)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_kept_secret_key_loses_to_one_made_meanwhile(tmp_path, monkeypatch):
    path = tmp_path / "key"

    def another_process_wins():
        path.write_text(LONG_KEY)
        return "the-late-key-" * 5

    monkeypatch.setattr("stackbuilder.environment.get_random_secret_key", another_process_wins)

    assert kept_secret_key(path) == LONG_KEY
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_kept_secret_key_damaged_is_refused(tmp_path):
    (tmp_path / "key").write_text("")

    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        kept_secret_key(tmp_path / "key")


def test_kept_secret_key_without_a_folder_says_what_to_do(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        kept_secret_key(tmp_path / "missing" / "key")
