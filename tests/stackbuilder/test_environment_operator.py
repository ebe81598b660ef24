"""What an operator states of themselves, and how mail leaves: readers of the environment."""

import pytest

from stackbuilder.environment import Environment, InvalidEnvironment


def mail(url, needed_by=None):
    """Read EMAIL_URL as the settings do."""
    values = {} if url is None else {"EMAIL_URL": url}
    return Environment(values).mail("EMAIL_URL", needed_by=needed_by)


def test_words_takes_one_line():
    environment = Environment({"SITE_FUNDING": " Paid for by its readers – “all” of them. "})

    words = environment.words("SITE_FUNDING", longest=100, example="By its readers")

    assert words == "Paid for by its readers – “all” of them."


@pytest.mark.parametrize("value", ["", "a\nb", "a\x00b", "x" * 101])
def test_words_refuses_what_is_not_one_short_line(value):
    with pytest.raises(InvalidEnvironment, match="one line of at most 100 characters"):
        Environment({"SITE_FUNDING": value}).words("SITE_FUNDING", longest=100, example="Gifts")


def test_what_an_operator_does_not_state_is_none():
    environment = Environment({})

    assert environment.words("NAME", longest=10, example="Ann") is None
    assert environment.email_address("REPORTS") is None
    assert environment.contact("CONTACT") is None
    assert environment.licence("LICENCE") is None


@pytest.mark.parametrize("value", ["desk@example.org", "https://example.org/contact?to=desk"])
def test_contact_takes_an_address_of_either_kind(value):
    assert Environment({"CONTACT": value}).contact("CONTACT") == value


@pytest.mark.parametrize(
    "value",
    ["", "desk", "http://example.org", "javascript:alert(1)", "https://", "a@b@example.org"],
)
def test_contact_refuses_what_nobody_could_follow(value):
    with pytest.raises(InvalidEnvironment, match="an e-mail address, or a page's address"):
        Environment({"CONTACT": value}).contact("CONTACT")


@pytest.mark.parametrize(
    "value", ["https://example.org", "desk", "desk@", "a@example.org, b@c.org"]
)
def test_email_address_refuses_anything_else(value):
    with pytest.raises(InvalidEnvironment, match="an e-mail address"):
        Environment({"REPORTS": value}).email_address("REPORTS")


@pytest.mark.parametrize("value", ["CC-BY-4.0", "ODbL-1.0", "https://example.org/terms"])
def test_licence_takes_identifiers_and_addresses(value):
    assert Environment({"LICENCE": value}).licence("LICENCE") == value


@pytest.mark.parametrize("value", ["CC-BY", "cc-by-4.0", "MIT", "free", "http://example.org/terms"])
def test_licence_refuses_what_names_no_licence_of_data(value):
    with pytest.raises(InvalidEnvironment, match=r"CC-BY-4\.0"):
        Environment({"LICENCE": value}).licence("LICENCE")


def test_mail_unset_goes_nowhere():
    assert mail(None) == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_mail_unset_is_refused_where_a_variable_needs_it():
    with pytest.raises(InvalidEnvironment, match="EMAIL_URL is unset while SITE_REPORT_EMAIL is"):
        mail(None, needed_by="SITE_REPORT_EMAIL")


@pytest.mark.parametrize(
    "scheme, port, encryption",
    [
        ("smtp", 25, {}),
        ("smtp+tls", 587, {"EMAIL_USE_TLS": True}),
        ("smtp+ssl", 465, {"EMAIL_USE_SSL": True}),
    ],
)
def test_mail_takes_each_way_of_sending(scheme, port, encryption):
    assert mail(f"{scheme}://ann%40example.org:p%40s+s@mail.example.org") == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_HOST_USER": "ann@example.org",
        "EMAIL_HOST_PASSWORD": "p@s+s",
        "EMAIL_PORT": port,
        **encryption,
    }


def test_mail_takes_a_port_and_no_user():
    config = mail("smtp://127.0.0.1:2525")

    assert (config["EMAIL_HOST"], config["EMAIL_PORT"]) == ("127.0.0.1", 2525)
    assert "EMAIL_HOST_USER" not in config


def test_mail_may_be_printed():
    assert mail("consolemail://") == {
        "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"
    }


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "smtp://",
        "smtps://mail.example.org",
        "filemail:///tmp/mail",
        "https://mail.example.org",
        "smtp://mail.example.org:many",
        "smtp://mail.example.org:70000",
        "smtp://mail.example.org:0",
        "smtp://ann@mail.example.org",
        "smtp://mail.example.org/folder",
        "smtp://mail.example.org?timeout=5",
        "smtp://[::1",
        "consolemail://mail.example.org",
    ],
)
def test_mail_refuses_other_ways_and_nonsense(url):
    with pytest.raises(InvalidEnvironment, match=r"smtp\+tls://"):
        mail(url)


@pytest.mark.parametrize(
    "url", ["smtps://ann:s3cret@mail.example.org", "smtp://ann:s3cret@mail.example.org:x"]
)
def test_refused_mail_does_not_show_its_password(url):
    with pytest.raises(InvalidEnvironment) as caught:
        mail(url)

    assert "s3cret" not in str(caught.value)
