"""What holds for every platform: its payloads say what happened, and only its own are believed.

The law: a platform gives its samples, one payload file a kind, and what each of them says; each
claim that is the same for all platforms stands here, once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Platform, Setup, Unread, Unverified
from assist.connectors.trials import KINDS, payloads_in, trial
from assist.connectors.verifiers import secrets_of
from assist.core.turns import Role, Turn

PAYLOADS = Path(__file__).parent / "payloads"
ASKED = "third time I ask, where is my parcel?"
SECRET = b"a-secret-of-the-platform"


def delivery(body: bytes, **headers: str) -> Delivery:
    """Return a request with this body, which nothing proves."""
    headers = {"content-type": "application/json", **headers}
    return Delivery(headers=headers, body=body, received_at=1_772_447_500.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """What a platform's payloads say.

    `places` are where all of it happens; `turns` are the payloads that are one message, `others`
    all else that happened in a payload, or why it is ignored; `valid` is the id, the time and the
    author of the turn in `valid.json`; `needed` are paths without which that is refused.
    """

    platform: Platform
    places: tuple[str, ...]
    setup: Setup = field(default_factory=Setup)
    turns: Mapping[str, tuple[Role, bool, str]]
    others: Mapping[str, list[Any]]
    valid: tuple[str, datetime, str | None]
    needed: tuple[str, ...]

    @property
    def files(self) -> Mapping[str, bytes]:
        """The payloads as they are sent, by kind."""
        return payloads_in(PAYLOADS / self.platform.name)

    def payload(self, kind: str) -> Any:
        """Return a payload as `read` is given it: without the fields that are secrets."""
        secrets = secrets_of(self.platform, self.platform.verifier)
        return scrubbed(json.loads(self.files[kind]), secrets)

    def told(self, payload: Any) -> list[Happening | Ignored]:
        """Return all that is understood of `payload`."""
        return list(self.platform.read(payload, self.setup))

    def read(self, kind: str, setup: Setup | None = None) -> list[Any]:
        """Return what happened at one of the places, and why the rest was ignored."""
        told = self.platform.read(self.payload(kind), setup or self.setup)
        assert {one.place.name for one in told if isinstance(one, Happening)} <= set(self.places)
        return [one.reason if isinstance(one, Ignored) else one.what for one in told]


class Contract:
    """What a platform's samples show; a platform's test is a subclass with its own."""

    samples: ClassVar[Samples]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Try each claim with every sample that it is about."""
        cases = {
            "said": self.samples.turns,
            "happened": self.samples.others,
            "path": self.samples.needed,
            "kind": KINDS,
        }
        for name in cases.keys() & set(metafunc.fixturenames):
            metafunc.parametrize(name, cases[name])

    def test_every_payload_is_proved(self):
        """There is no payload file of which nothing is said here."""
        assert set(self.samples.files) == {*self.samples.turns, *self.samples.others}

    def test_who_said_what(self, said):
        """A message is a turn of the right role, private where only the team sees it."""
        (turn,) = self.samples.read(said)
        assert isinstance(turn, Turn)
        assert (turn.role, turn.private, turn.text) == self.samples.turns[said]

    def test_what_happened_is_told(self, happened):
        """What is no message is told as what it is, or ignored for a reason."""
        assert self.samples.read(happened) == self.samples.others[happened]

    def test_ids_and_times_are_the_platforms_own(self):
        """A turn bears the platform's id and time, and its author where they are told."""
        (turn,) = self.samples.read("valid")
        assert (turn.id, turn.at, turn.author) == self.samples.valid

    def test_what_is_needed_and_missing_is_named(self, path):
        """A payload that lacks a field is refused by the field's name, and without its words."""
        *way, last = path.split(".")
        payload = self.samples.payload("valid")
        inside = payload
        for step in way:
            inside = inside[int(step) if step.isdigit() else step]
        del inside[last]
        with pytest.raises(Unread, match=rf"[`.]{last}\b") as caught:
            self.samples.told(payload)
        assert "parcel" not in str(caught.value)

    def test_only_the_platforms_own_deliveries_are_believed(self):
        """A proven delivery passes; without its proof, or with another secret, not."""
        verifier, body = self.samples.platform.verifier, self.samples.files["valid"]
        proven = verifier.stamped(delivery(body), SECRET)
        verifier.verify(proven, SECRET)
        with pytest.raises(Unverified):
            verifier.verify(proven, b"another-secret-altogether")
        with pytest.raises(Unverified):
            verifier.verify(delivery(b"{}"), SECRET)

    async def test_no_delivery_is_answered_with_a_failure_of_ours(self, kind):
        """Whatever comes, it is taken in or refused with a code, and never a 5xx."""
        outcome = await trial(self.samples.platform, kind, self.samples.files)
        needed, _ = KINDS[kind]
        statuses = {200, 400, 401, 413, 415} if needed in self.samples.files else {None}
        assert getattr(outcome, "status", None) in statuses


class OneAccount(Contract):
    """What holds besides where each payload names the account that it is of."""

    def test_another_account_is_ignored(self):
        """Where the operator names an account, others are not taken in."""
        other = Setup(options={"account": "another"})
        assert self.samples.read("valid", other) == ["account.other"]
