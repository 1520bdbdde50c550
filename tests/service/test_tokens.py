"""What makes a token good, and that nothing is told of one that is not."""

import base64
import json
import time

import jwt
import pytest

from assist.errors import ClientFault, UsageError
from assist.service.tokens import AUDIENCE, LONGEST_S, claims_of, read_secrets, signed
from assist.wire.messages import Peer

SECRET = b"s" * 32
OTHER = b"o" * 32
NOW = time.time()
LATER = int(NOW) + 20_000  # longer than any run of the tests
GOOD = {"role": "agent", "aud": AUDIENCE, "exp": LATER, "jti": "one", "agent": "kim"}


def read(token, secrets=(SECRET,), now=NOW):
    return claims_of(token, secrets, longest_s=LONGEST_S, now=now)


def written(*, key=SECRET, algorithm="HS256", without=(), headers=None, **more):
    """Return a token that is good but for what is said."""
    claims = {name: value for name, value in {**GOOD, **more}.items() if name not in without}
    return jwt.encode(claims, key, algorithm=algorithm, headers=headers)


def unsigned(**header):
    """Return a token of algorithm `none`, or of whatever `header` says, that nobody signed."""
    parts = [{"alg": "none", "typ": "JWT", **header}, GOOD]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return b".".join([*encoded, b""]).decode()


def tampered():
    """Return a good token in which one claim was changed afterwards."""
    head, body, mark = written().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, "agent": "lee"}).encode())
    return ".".join([head, changed.rstrip(b"=").decode(), mark])


def test_what_is_signed_is_what_is_read():
    """Role, agent, tenant, conversations and the end come back; every token is another."""
    given = {"role": Peer.AGENT, "agent": "kim", "tenant": "acme", "conversations": ["a", "b"]}
    one, two = (read(signed(SECRET, ttl_s=20_000, now=NOW, **given)) for _ in range(2))
    assert (one.role, one.agent, one.tenant) == (Peer.AGENT, "kim", "acme")
    assert one.conversations == {"a", "b"}
    assert one.expires == pytest.approx(NOW + 20_000, abs=0.01)
    assert one.number != two.number
    assert read(signed(SECRET, role=Peer.PLATFORM, ttl_s=60)).conversations is None


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "rubbish",
        "a.b.c",
        "é.ü.ß",
        unsigned(),
        unsigned(alg="None"),
        unsigned(alg="HS256"),
        written(key=b"x" * 32),
        written(key=SECRET * 2, algorithm="HS512"),
        written(key=SECRET * 2, algorithm="HS384"),
        tampered(),
        written()[:-2],
        written() + ".x",
        written(exp=1000),
        written(exp=int(NOW) - 1),
        written(without=["exp"]),
        written(exp="tomorrow"),
        written(exp=int(NOW) + 40 * 86_400),
        written(nbf=LATER),
        written(iat=LATER),
        written(without=["role"]),
        written(role="king"),
        written(without=["aud"]),
        written(aud="somebody else"),
        written(aud=[AUDIENCE, "somebody else"]),
        written(aud="assist.other"),
        written(without=["jti"]),
        written(jti=""),
        written(jti="x" * 201),
        written(agent=7),
        written(tenant="no/such"),
        written(tenant="a\x1fb"),
        written(tenant=["acme"]),
        written(conversations="c"),
        written(conversations=["*"]),
        written(conversation="*"),
        written(conversations=[7]),
    ],
)
def test_a_bad_token_is_refused(token):
    """Whatever is wrong with it, the answer is the same and holds nothing of the token."""
    with pytest.raises(ClientFault) as told:
        read(token)
    assert (told.value.code, told.value.close) == ("session.bad-token", 4101)
    assert told.value.__cause__ is None
    assert told.value.__context__ is None
    assert "kim" not in str(told.value)


def test_the_good_one_of_these_tests_is_good():
    """What the table of bad tokens spoils is accepted unspoilt."""
    assert read(written()).agent == "kim"
    assert read(written(conversations=[])).conversations == frozenset()
    assert read(written(conversation="c")).conversations == {"c"}


def test_the_end_is_exact():
    """One is good until its end and not a moment later."""
    token = written(exp=LATER)
    assert read(token, now=LATER - 0.01)
    with pytest.raises(ClientFault):
        read(token, now=LATER)


def test_secrets_are_changed_one_after_the_other():
    """Each line of the file verifies, the first signs; a secret that is gone verifies no more."""
    old, new = written(key=OTHER), written()
    assert read(old, (SECRET, OTHER)).agent == read(new, (SECRET, OTHER)).agent == "kim"
    with pytest.raises(ClientFault):
        read(old, (SECRET,))


def test_secrets_come_from_a_file(tmp_path):
    """Blanks and empty lines do not count; bytes that are no text are one secret."""
    path = tmp_path / "secret"
    path.write_bytes(SECRET + b"\r\n\n  " + OTHER + b" \n")
    assert read_secrets(path) == (SECRET, OTHER)
    raw = b"\xff\n" * 20 + b"\xff"
    path.write_bytes(raw)
    assert read_secrets(path) == (raw,)


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (None, "settings.secret-unreadable", ""),
        ("", "settings.secret-too-short", ":1:"),
        ("short-secret\n", "settings.secret-too-short", ":1:"),
        ("s" * 32 + "\nshort-secret\n", "settings.secret-too-short", ":2:"),
    ],
)
def test_secrets_that_cannot_be_used_are_wrong_use(tmp_path, content, code, place):
    """The error names the file and the line, and nothing of the secret."""
    path = tmp_path / "secret"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError) as told:
        read_secrets(path)
    assert told.value.code == code
    assert place in told.value.message
    assert "short-secret" not in told.value.message


@pytest.mark.parametrize(
    ("enough", "older", "newer"),
    [
        (True, {}, {}),
        (True, {"conversations": ["a"]}, {"conversations": ["a", "b"]}),
        (True, {"conversations": ["a"]}, {}),
        (False, {"conversations": ["a", "b"]}, {"conversations": ["a"]}),
        (False, {}, {"conversations": ["a"]}),
        (False, {}, {"agent": "lee"}),
        (False, {}, {"tenant": "acme"}),
        (False, {}, {"role": "supervisor"}),
    ],
)
def test_a_newer_token_reaches_as_far_or_it_does_not(enough, older, newer):
    """It is for the same, and loses none of the conversations."""
    assert read(written(**newer)).reaches_as_far_as(read(written(**older))) is enough


def test_a_key_of_other_programs_is_no_secret(tmp_path):
    """The library would refuse it at every connection, and a public key is known to anybody."""
    file = tmp_path / "secret"
    file.write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJhc2U2NGJhc2U2NGJhc2U2NGJhc2U2NGJh me")
    with pytest.raises(UsageError) as told:
        read_secrets(file)
    assert told.value.code == "settings.secret-is-key"
    assert "AAAA" not in str(told.value)
