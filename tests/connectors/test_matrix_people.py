"""Roles by the ids of users: nothing else that people can write decides who they are."""

import pytest

from assist.connectors.matrix_people import People
from assist.connectors.port import Setup
from assist.core.turns import Role

KIM, ANA, FAQ = "@agent-kim:example.org", "@ana:example.org", "@faq:example.org"
DEFAULT = {KIM: Role.AGENT, ANA: Role.CUSTOMER, FAQ: Role.CUSTOMER}
CASES = [
    ({}, DEFAULT),
    ({"bots": "@faq:*"}, {**DEFAULT, FAQ: Role.BOT}),
    ({"agents": "@ana:example.org, @bo:example.org"}, {KIM: Role.CUSTOMER, ANA: Role.AGENT}),
    ({"customers": "@web_*:example.org"}, {"@web_7:example.org": Role.CUSTOMER, ANA: Role.AGENT}),
    ({"agents": "@*:example.org", "bots": "@faq:*"}, {FAQ: Role.BOT, "@x:evil.org": Role.CUSTOMER}),
    ({"agents": "@agent*:example.org"}, {"@agent-x:evil.org": Role.CUSTOMER, KIM: Role.AGENT}),
]


@pytest.mark.parametrize(("options", "roles"), CASES)
def test_a_user_is_who_the_operator_says(options, roles):
    """Bots before agents, agents before customers; a server's name is part of a pattern."""
    people = People.of(Setup(options=options))
    assert {user: people.role(user) for user in roles} == roles


def test_case_and_own_ids_are_kept():
    """Ids are compared exactly, and our own are known."""
    people = People.of(Setup(own=frozenset({"@assist:example.org"})))
    assert people.role("@Agent-kim:example.org") is Role.CUSTOMER
    assert people.own == {"@assist:example.org"}
