"""The session's table, its order, its counting; no socket and no clock."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import ClientFault
from assist.wire.closing import Closing
from assist.wire.messages import Hello, Limits, Peer, encode, parse
from assist.wire.schema import CLIENT_TYPES, type_of
from assist.wire.session import LAW, Accepted, Refused, Session, State

GOLDEN = Path(__file__).parents[1] / "golden"
LIMITS = Limits(frame_bytes=65536, text_chars=100, turns_per_second=5)
NAMES = [type_of(message) for message in CLIENT_TYPES]


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def hello(peer: Peer) -> str:
    return encode(Hello(protocol=1, role=peer, id="h"))


def fresh() -> Session:
    return Session(LIMITS, lambda _: None)


def ready(peer: Peer) -> Session:
    session = fresh()
    assert isinstance(session.receive(hello(peer), 0.0), Accepted)
    return session


def turn(text: str) -> str:
    message = json.loads(golden("turn"))
    message["turn"]["text"] = text
    return json.dumps(message)


def test_the_table_has_a_row_for_every_client_message():
    """No message is without a law."""
    assert set(LAW) == set(CLIENT_TYPES)


@pytest.mark.parametrize("peer", Peer)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "hello"])
def test_each_role_may_say_what_the_table_says_and_nothing_else(peer, name):
    """What is not a role's to say is refused, and the connection stays."""
    session = ready(peer)
    answer = session.receive(golden(name), 1.0)
    kind = next(message for message in CLIENT_TYPES if type_of(message) == name)
    if peer in LAW[kind].peers:
        assert answer == Accepted(message=parse(golden(name)))
    else:
        assert isinstance(answer, Refused)
        assert (answer.error.code, answer.close) == ("session.not-allowed", None)
        assert session.state is State.READY


PLATFORM, AGENT, SUPERVISOR = {"platform"}, {"agent"}, {"supervisor"}
PUBLISHED = {
    **dict.fromkeys(("hello", "renew", "logout"), PLATFORM | AGENT | SUPERVISOR),
    **dict.fromkeys(("open", "turn", "edit", "redact", "erase", "assign", "close"), PLATFORM),
    "typing": PLATFORM | AGENT,
    **dict.fromkeys(("draft", "feedback", "snooze", "prefer", "held"), AGENT),
    **dict.fromkeys(("subscribe", "unsubscribe", "summarise"), AGENT | SUPERVISOR),
    "acknowledge": SUPERVISOR,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_table_is_the_published_one(name):
    """The rows say what the protocol's own table says."""
    kind = next(message for message in CLIENT_TYPES if type_of(message) == name)
    assert LAW[kind].peers == PUBLISHED[name]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "hello"])
def test_nothing_comes_before_hello(name):
    """Any other first message ends the connection with 4100."""
    session = fresh()
    answer = session.receive(golden(name), 0.0)
    assert isinstance(answer, Refused)
    assert (answer.error.code, answer.close) == ("session.no-hello", Closing.NO_HELLO)
    assert session.state is State.CLOSED


def test_hello_makes_the_connection_ready_once():
    """The role is known after it, and a second hello is refused without ending anything."""
    session = fresh()
    assert session.peer is None
    session.receive(hello(Peer.AGENT), 0.0)
    assert (session.state, session.peer) == (State.READY, Peer.AGENT)
    again = session.receive(hello(Peer.SUPERVISOR), 1.0)
    assert isinstance(again, Refused)
    assert (again.error.code, again.error.re, again.close) == ("session.second-hello", "h", None)
    assert session.peer is Peer.AGENT


def test_hello_overdue_closes_only_a_connection_that_did_not_say_it():
    """After the waiting time the shell learns whether to close."""
    overdue = fresh().hello_overdue()
    assert overdue is not None
    assert overdue.close is Closing.NO_HELLO
    assert ready(Peer.AGENT).hello_overdue() is None


@pytest.mark.parametrize("version", [0, 2, -1])
def test_another_protocol_version_closes(version):
    """Only version 1 is spoken; the answer carries the id first."""
    answer = fresh().receive(encode(Hello(id="h", protocol=version, role=Peer.AGENT)), 0.0)
    assert isinstance(answer, Refused)
    assert (answer.close, answer.error.re) == (Closing.PROTOCOL_VERSION, "h")


def test_a_token_that_is_not_admitted_closes():
    """What `admit` raises is what the peer is told, and the code it is closed with."""

    def admit(_: Hello) -> None:
        raise ClientFault("Ask for a new token.", code="session.bad-token", close=4101)

    session = Session(LIMITS, admit)
    answer = session.receive(hello(Peer.AGENT), 0.0)
    assert isinstance(answer, Refused)
    assert (answer.error.code, answer.close) == ("session.bad-token", Closing.BAD_TOKEN)
    assert (session.state, session.peer) == (State.CLOSED, None)


def test_after_the_end_nothing_is_accepted():
    """What still arrives on an ended connection is refused."""
    session = ready(Peer.PLATFORM)
    session.closed()
    answer = session.receive(golden("turn"), 1.0)
    assert isinstance(answer, Refused)
    assert answer.error.code == "session.closed"


def test_only_a_supervisor_may_follow_every_conversation():
    """`*` is refused to an agent."""
    text = '{"type":"subscribe","conversation":"*"}'
    assert isinstance(ready(Peer.SUPERVISOR).receive(text, 1.0), Accepted)
    refused = ready(Peer.AGENT).receive(text, 1.0)
    assert isinstance(refused, Refused)
    assert refused.error.code == "session.not-allowed"


def test_an_agent_may_log_out_themselves_and_nobody_else():
    """Platforms and supervisors may name somebody; an agent may not, not even themselves."""
    named, plain = '{"type":"logout","agent":"ana"}', '{"type":"logout"}'
    for peer in Peer:
        assert isinstance(ready(peer).receive(plain, 1.0), Accepted)
    refused = ready(Peer.AGENT).receive(named, 1.0)
    assert isinstance(refused, Refused)
    assert (refused.error.code, refused.close) == ("session.not-allowed", None)
    for peer in (Peer.PLATFORM, Peer.SUPERVISOR):
        assert isinstance(ready(peer).receive(named, 1.0), Accepted)


def test_ten_bad_messages_within_a_minute_close():
    """Nine are answered and the tenth ends the connection with 4008."""
    session = ready(Peer.AGENT)
    answers = [session.receive("{", float(second)) for second in range(10)]
    assert [answer.close for answer in answers] == [None] * 9 + [Closing.TOO_MANY_BAD]
    assert {answer.error.code for answer in answers} == {"message.not-json"}


def test_the_minute_slides():
    """Ten bad messages over more than a minute are only answered."""
    session = ready(Peer.AGENT)
    answers = [session.receive("{", second * 7.0) for second in range(30)]
    assert {answer.close for answer in answers} == {None}


def test_good_messages_do_not_wash_bad_ones_away():
    """The count is of bad messages in a minute, whatever stands between them."""
    session = ready(Peer.AGENT)
    closes = []
    for second in range(10):
        session.receive(golden("draft"), second + 0.5)
        closes.append(session.receive("[]", float(second)).close)
    assert closes[-1] is Closing.TOO_MANY_BAD


def test_a_refusal_of_a_good_message_is_not_a_bad_message():
    """Too long a draft, typed on and on, does not cost an agent the connection."""
    session = ready(Peer.AGENT)
    draft = json.dumps({**json.loads(golden("draft")), "text": "x" * 101})
    answers = [session.receive(draft, float(second)) for second in range(20)]
    assert {answer.close for answer in answers} == {None}
    assert {answer.error.code for answer in answers} == {"message.too-long"}


def test_the_error_names_the_message_even_where_it_could_not_be_read():
    """`re` carries the id wherever there is one to be found."""
    session = ready(Peer.AGENT)
    assert session.receive('{"type":"sing","id":"q"}', 1.0).error.re == "q"
    assert session.receive('{"type":"sing","id":7}', 2.0).error.re is None
    assert session.receive('["id"]', 3.0).error.re is None
    assert session.receive('{"id":"q"', 4.0).error.re is None


def test_text_is_limited_in_code_points():
    """A hundred characters pass whatever their bytes; one more does not, nor is it repeated."""
    session = ready(Peer.PLATFORM)
    assert isinstance(session.receive(turn("📦" * 100), 1.0), Accepted)
    answer = session.receive(turn("📦" * 101), 2.0)
    assert isinstance(answer, Refused)
    assert answer.error.code == "message.too-long"
    assert "`turn.text`" in answer.error.message
    assert "📦" not in answer.error.message


def test_turns_over_the_rate_are_to_be_sent_again():
    """One second's worth passes at once; then as many a second as the limit says."""
    session = ready(Peer.PLATFORM)
    first = [session.receive(turn("hi"), 10.0) for _ in range(6)]
    assert [isinstance(answer, Accepted) for answer in first] == [True] * 5 + [False]
    assert (first[-1].error.code, first[-1].error.retry) == ("limit.rate", True)
    assert first[-1].error.retry_after_s == pytest.approx(0.2)
    assert isinstance(session.receive(turn("hi"), 10.25), Accepted)
    assert isinstance(session.receive(turn("hi"), 10.25), Refused)


def test_the_rate_is_for_turns_alone():
    """Other messages are not counted against it."""
    session = ready(Peer.PLATFORM)
    answers = [session.receive(golden("assign"), 1.0) for _ in range(50)]
    assert all(isinstance(answer, Accepted) for answer in answers)


@given(st.lists(st.text() | st.sampled_from([golden(name) for name in NAMES]), max_size=30))
def test_a_session_survives_any_conversation(frames):
    """Whatever comes is accepted or refused, and a close is final."""
    session = fresh()
    for second, frame in enumerate(frames):
        closed = session.state is State.CLOSED
        answer = session.receive(frame, float(second))
        assert isinstance(answer, Accepted | Refused)
        assert not (closed and isinstance(answer, Accepted))
