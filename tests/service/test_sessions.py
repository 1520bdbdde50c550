"""Who is connected now."""

from assist.service.sessions import Sessions
from assist.wire.closing import Closing


class Ended:
    def __init__(self):
        self.codes = []

    def end(self, closing):
        self.codes.append(closing)


def test_all_of_one_agent_are_ended_and_nobody_else():
    """Each is told why; entering twice counts once."""
    sessions, mine, theirs = Sessions(), [Ended(), Ended()], Ended()
    for connection in (*mine, mine[0]):
        sessions.enter("kim", connection)
    sessions.enter("lee", theirs)
    assert (sessions.count("kim"), sessions.log_out("kim")) == (2, 2)
    assert [one.codes for one in mine] == [[Closing.LOGGED_OUT]] * 2
    assert theirs.codes == []
    assert sessions.log_out("nobody") == 0


def test_who_is_gone_is_forgotten():
    """Leaving ends the note; leaving twice, or unknown, is fine."""
    sessions, one = Sessions(), Ended()
    sessions.enter("kim", one)
    sessions.leave("kim", one)
    sessions.leave("kim", one)
    sessions.leave("nobody", one)
    assert (sessions.count("kim"), sessions.log_out("kim"), one.codes) == (0, 0, [])
