"""Which web pages may connect."""

import pytest

from assist.service.origins import Origin, origin_allowed, origin_of

DESK = ("https://desk.example",)


@pytest.mark.parametrize(
    ("allowed", "origin", "welcome"),
    [
        (None, None, True),
        (None, "http://localhost:8080", True),
        (None, "http://127.0.0.1:5173", True),
        (None, "http://[::1]:8080", True),
        (None, "HTTP://LOCALHOST", True),
        (None, "https://elsewhere.example", False),
        (None, "https://localhost.elsewhere.example", False),
        (None, "http://localhost@elsewhere.example", False),
        (None, "http://[broken", False),
        (None, "null", False),
        (None, "", False),
        (None, "file://localhost", False),
        (None, "chrome-extension://localhost", False),
        (None, "http://localhost:8080/page", False),
        (None, "http://127.0.0.1.elsewhere.example", False),
        (None, "http://localhost:8080 http://elsewhere.example", False),
        (DESK, "https://desk.example", True),
        (DESK, "https://desk.example:443", True),
        (DESK, "HTTPS://Desk.Example", True),
        (DESK, "https://desk.example:8443", False),
        (DESK, "http://desk.example", False),
        (DESK, "https://desk.example.evil.example", False),
        (DESK, "https://a.desk.example", False),
        (DESK, "https://evil-desk.example", False),
        (DESK, "https://desk.example@evil.example", False),
        (DESK, "https://evil.example/https://desk.example", False),
        (DESK, "https://desk.example\\.evil.example", False),
        (DESK, "https://desk.example%2eevil.example", False),
        (DESK, "https://desk.examplе", False),  # the last letter is Cyrillic
        (DESK, "http://localhost", False),
        (DESK, "null", False),
        (DESK, None, True),
        (("null", ""), "null", False),
        (("null", ""), "", False),
        ((), "https://desk.example", False),
        (("https://desk.example:8443/",), "https://desk.example:8443", True),
        (("https://bücher.example",), "https://xn--bcher-kva.example", True),
        (("https://xn--bcher-kva.example",), "https://xn--bcher-kva.example", True),
        (("https://bücher.example",), "https://bucher.example", False),
        (("chrome-extension://abcdef",), "chrome-extension://abcdef", True),
        (("chrome-extension://abcdef",), "chrome-extension://abcdeg", False),
    ],
)
def test_origins(allowed, origin, welcome):
    """Without a list pages of this machine may connect; with one, those on it; others never."""
    assert origin_allowed(origin, allowed) is welcome


def test_an_origin_is_scheme_host_and_port():
    """Whatever is more or less than that is none."""
    assert origin_of("https://Desk.example") == Origin("https", "desk.example", 443)
    assert origin_of("app://desk") == Origin("app", "desk", None)
    for text in ("desk.example", "https://", "https://a b", "https://x/", "https://x:", "//x"):
        assert origin_of(text) is None
