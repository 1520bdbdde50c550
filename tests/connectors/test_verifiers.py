"""Every scheme: what is right passes, whatever is changed does not, and the mistake is named."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.connectors.generic import PLATFORM
from assist.connectors.payloads import Unit
from assist.connectors.port import Delivery, Unverified
from assist.connectors.verifiers import (
    BodySecret,
    Coding,
    HeaderToken,
    PathSecret,
    Signed,
    secrets_of,
)

NOW = 1_780_000_000.0
SECRET = b"a-secret-of-some-length"
BODY = b'{"text": "Where is it?", "id": 1}'

SIGNED = {
    "chatwoot": Signed(header="s", time_header="t", joint=".", prefix="sha256="),
    "zendesk": Signed(header="s", time_header="t", coding=Coding.BASE64, unit=Unit.WRITTEN),
    "front": Signed(
        header="s", time_header="t", joint=":", coding=Coding.BASE64, unit=Unit.MILLISECONDS
    ),
    "intercom": Signed(header="s", digest="sha1", prefix="sha1="),
}
TOKENS = {
    "header": HeaderToken(header="x-token"),
    "bearer": HeaderToken(header="authorization", prefix="Bearer "),
    "body": BodySecret(name="secret_key"),
    "path": PathSecret(),
}
ALL = {**SIGNED, **TOKENS}


def plain(body: bytes = BODY) -> Delivery:
    return Delivery(headers={}, body=body, received_at=NOW)


def refused(verifier, delivery, secret=SECRET) -> Unverified:
    with pytest.raises(Unverified) as caught:
        verifier.verify(delivery, secret)
    assert secret.decode() not in caught.value.message
    return caught.value


@pytest.mark.parametrize("name", ALL)
def test_what_is_proven_passes_and_another_secret_does_not(name):
    """The platform's own delivery is let in; one made with another secret, or with none, is not."""
    verifier = ALL[name]
    verifier.verify(verifier.stamped(plain(), SECRET), SECRET)
    assert refused(verifier, verifier.stamped(plain(), b"another-secret")).code == "signature.wrong"
    assert refused(verifier, plain()).code == "signature.missing"


def test_the_schemes_are_those_of_the_platforms():
    """Each signature is what the platform's documents say, made here by hand."""
    stamp = str(int(NOW))

    def mac(digest, message):
        return hmac.new(SECRET, message, digest).digest()

    chatwoot = SIGNED["chatwoot"].stamped(plain(), SECRET).headers
    assert chatwoot["s"] == "sha256=" + mac("sha256", f"{stamp}.".encode() + BODY).hex()
    front = SIGNED["front"].stamped(plain(), SECRET).headers
    message = f"{stamp}000:".encode() + BODY
    assert front["s"] == base64.b64encode(mac("sha256", message)).decode()
    zendesk = SIGNED["zendesk"].stamped(plain(), SECRET).headers
    message = zendesk["t"].encode() + BODY
    assert zendesk["t"].endswith("Z")
    assert zendesk["s"] == base64.b64encode(mac("sha256", message)).decode()
    intercom = SIGNED["intercom"].stamped(plain(), SECRET).headers
    assert intercom["s"] == "sha1=" + mac(hashlib.sha1, BODY).hex()


@pytest.mark.parametrize("name", SIGNED)
def test_a_changed_body_is_refused(name):
    """One byte more and the signature is wrong."""
    delivery = SIGNED[name].stamped(plain(), SECRET)
    assert refused(SIGNED[name], replace(delivery, body=BODY + b" ")).code == "signature.wrong"


@pytest.mark.parametrize("name", ["chatwoot", "zendesk", "front"])
@pytest.mark.parametrize(("later", "code"), [(301, "late"), (-302, "early"), (299, None)])
def test_the_time_of_sending_is_five_minutes_from_ours_at_most(name, later, code):
    """Older and newer ones are refused though they are signed right."""
    delivery = replace(SIGNED[name].stamped(plain(), SECRET), received_at=NOW + later)
    if code is None:
        SIGNED[name].verify(delivery, SECRET)
    else:
        assert refused(SIGNED[name], delivery).code == f"signature.{code}"


def test_a_time_in_another_unit_is_said_to_be_so():
    """Milliseconds where seconds are asked for are named, and not taken for a year far off."""
    sender = replace(SIGNED["chatwoot"], unit=Unit.MILLISECONDS)
    fault = refused(SIGNED["chatwoot"], sender.stamped(plain(), SECRET))
    assert (fault.code, "milliseconds" in fault.message) == ("signature.time-unit", True)


MISTAKES = {
    "signature.body-only": lambda sender: replace(sender, time_header=None),
    "signature.joint": lambda sender: replace(sender, joint=":"),
    "signature.coding": lambda sender: replace(sender, coding=Coding.BASE64),
    "signature.digest": lambda sender: replace(sender, digest="sha1"),
    "signature.prefix": lambda sender: replace(sender, prefix=""),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_in_signing_is_named(code):
    """The diagnosis says which of the usual mistakes it was, and neither secret nor body."""
    right = SIGNED["chatwoot"]
    made = MISTAKES[code](right).stamped(plain(), SECRET)
    delivery = replace(made, headers={"t": str(int(NOW)), **made.headers})
    fault = right.diagnosed(delivery, SECRET)
    assert fault.code == code
    assert SECRET.decode() not in fault.message
    assert "Where is it" not in fault.message


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        (SECRET + b"\n", "signature.secret-blank"),
        (b'"' + SECRET + b'"', "signature.secret-quoted"),
        (b"aGVsbG8taGVsbG8taGVsbG8=", "signature.secret-coded"),
    ],
)
def test_a_mistake_in_the_secret_is_named(secret, code):
    """Blanks, quotes and a secret that the sender decodes are each told apart from a wrong one."""
    sender = base64.b64decode(secret) if code.endswith("coded") else SECRET
    delivery = SIGNED["chatwoot"].stamped(plain(), sender)
    assert SIGNED["chatwoot"].diagnosed(delivery, secret).code == code


def test_a_body_written_anew_is_named():
    """A proxy that parses and writes the JSON again breaks the signature, and is found out."""
    delivery = SIGNED["chatwoot"].stamped(plain(), SECRET)
    changed = replace(delivery, body=json.dumps(json.loads(BODY), indent=1).encode())
    assert SIGNED["chatwoot"].diagnosed(changed, SECRET).code == "signature.body-changed"


def test_whoever_lacks_the_secret_learns_nothing():
    """With another secret every mistake is the same: wrong."""
    right = SIGNED["chatwoot"]
    for change in MISTAKES.values():
        made = change(right).stamped(plain(), b"guessed-by-somebody")
        delivery = replace(made, headers={"t": str(int(NOW)), **made.headers})
        assert right.diagnosed(delivery, SECRET).code == "signature.wrong"


TOKEN_MISTAKES = [
    ("header", " " + SECRET.decode(), "signature.secret-blank"),
    ("header", f'"{SECRET.decode()}"', "signature.secret-quoted"),
    ("header", SECRET.decode().upper(), "signature.secret-case"),
    ("bearer", SECRET.decode(), "signature.prefix"),
    ("header", "something-else", "signature.wrong"),
]


@pytest.mark.parametrize(("name", "token", "code"), TOKEN_MISTAKES)
def test_a_mistake_in_a_token_is_named(name, token, code):
    """Blanks, quotes, capitals and a missing `Bearer` are told apart from a wrong token."""
    verifier = TOKENS[name]
    delivery = replace(plain(), headers={verifier.header: token})
    assert refused(verifier, delivery).code == "signature.wrong"
    assert verifier.diagnosed(delivery, SECRET).code == code


def test_only_what_signs_its_time_is_never_the_same_twice():
    """A mark tells a repeated delivery; none where the same bytes may rightly come again."""
    first = SIGNED["chatwoot"].stamped(plain(), SECRET)
    later = SIGNED["chatwoot"].stamped(replace(plain(), received_at=NOW + 1), SECRET)
    assert SIGNED["chatwoot"].mark(first) != SIGNED["chatwoot"].mark(later)
    assert all(one.mark(first) is None for one in (*TOKENS.values(), SIGNED["intercom"]))


@pytest.mark.parametrize("name", ALL)
@given(body=st.binary(max_size=200), header=st.text(max_size=60), path=st.text(max_size=30))
def test_nothing_that_comes_breaks_a_verifier(name, body, header, path):
    """Whatever the bytes are, the answer is Unverified, and so is the diagnosis."""
    verifier = ALL[name]
    names = ("s", "t", "x-token", "authorization")
    delivery = Delivery(headers=dict.fromkeys(names, header), body=body, path=path, received_at=NOW)
    assert refused(verifier, delivery).code.startswith("signature.")
    assert verifier.diagnosed(delivery, SECRET).code.startswith("signature.")


def test_the_proof_in_a_body_is_as_secret_as_the_platforms_own_fields():
    """Its field is added to the platform's; a proof that is elsewhere adds none."""
    own = frozenset({"pubsub_token"})
    platform = replace(PLATFORM, secrets=own)
    hidden = {name: secrets_of(platform, verifier) for name, verifier in ALL.items()}
    assert hidden == {**dict.fromkeys(ALL, own), "body": own | {"secret_key"}}
