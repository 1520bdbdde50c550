"""The values of the port: what a conversation is called, and what an operator set."""

import pytest

from assist.connectors.port import Place, Setup


def test_a_conversations_name_fits_the_wire():
    """A long one ends in a digest, and two long ones stay two."""
    names = {Place(platform="p", account="a", conversation="c" * 300 + end).name for end in "xy"}
    assert {len(name) for name in names} == {200}
    assert len(names) == 2


@pytest.mark.parametrize(
    ("excluded", "options"), [(False, {}), (False, {"account": "1"}), (True, {"account": "2"})]
)
def test_only_the_account_that_is_named_is_taken_in(excluded, options):
    """Where none is named, all are."""
    setup = Setup(options=options)
    assert setup.excludes("1") is excluded
    assert setup.account == options.get("account")


def test_names_are_listed_with_commas_or_spaces():
    """As people write them; nothing is listed where nothing is said."""
    setup = Setup(options={"bots": "helper.bot, other.bot  third"})
    assert setup.named("bots") == ("helper.bot", "other.bot", "third")
    assert setup.named("agents") == ()
