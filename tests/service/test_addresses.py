"""From which address somebody comes."""

import pytest

from assist.service.addresses import Crowd, address_of

PROXIES = frozenset({"10.0.0.1", "10.0.0.2"})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["203.0.113.9"], "192.0.2.7"),  # no proxy of ours says so
        ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
        (
            "10.0.0.1",
            ["198.51.100.1, 203.0.113.9"],
            "203.0.113.9",
        ),  # the first is the client's word
        ("10.0.0.1", ["198.51.100.1", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", ["<script>"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::1", [], "::"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", [], "2001:db8:1:2::"),
        ("fe80::1%eth0", [], "fe80::"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("", [], "unknown"),
        ("a socket's path", [], "unknown"),
    ],
)
def test_the_address_is_the_last_that_can_be_believed(peer, forwarded, address):
    """A header counts where a proxy of ours sent it, from its end on, and only a real address."""
    assert address_of(peer, forwarded, PROXIES) == address


def test_a_crowd_is_bounded_by_address():
    """So many at once, each address for itself; who leaves makes room, and no more than that."""
    crowd = Crowd(2)
    assert [crowd.enter("a") for _ in range(4)] == [True, True, False, False]
    assert crowd.enter("b")
    assert crowd.full("a")
    crowd.leave("a")
    assert not crowd.full("a")
    assert [crowd.enter("a"), crowd.enter("a")] == [True, False]
