"""What each stage of a turn costs, over a short chat."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.bench import stages
from assist.core.turns import Role, Turn
from assist.line import load_line

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAID = (
    (Role.CUSTOMER, "my parcel is two weeks late and nobody tells me anything"),
    (Role.AGENT, "I am sorry. Could you tell me the number of your order, please?"),
    (Role.CUSTOMER, "it is 4711, and I have said so twice before"),
    (Role.CUSTOMER, " "),
)


@pytest.fixture(scope="module")
def found():
    turns = tuple(
        Turn(id=f"t{number}", role=role, text=text, at=AT + timedelta(minutes=number))
        for number, (role, text) in enumerate(SAID)
    )
    return stages.stages(load_line(), [turns], rounds=3)


def test_every_customer_turn_with_words_has_a_figure_in_every_stage(found):
    """Agents' turns are told apart, empty ones not at all; nothing takes less than no time."""
    assert {len(stage.took) for stage in found} == {2}
    assert all(took >= 0 for stage in found for took in (*stage.took, *stage.agents))


def test_turns_of_agents_have_their_figures_beside(found):
    """What is done for both is told of both; nothing is suggested for an agent's own turn."""
    by_name = {stage.name: stage for stage in found}
    both = ("masking", "promises", "phrases", "ledger", "messages", stages.READING, stages.WHOLE)
    assert {len(by_name[name].agents) for name in both} == {1}
    assert all(by_name[name].agents[0] > 0 for name in (stages.READING, stages.WHOLE))
    for name in ("escalation", "aptness", "rules that reply", stages.EVIDENCE):
        assert by_name[name].agents == ()


def test_the_stages_of_the_line_come_first_and_the_totals_last(found):
    """Every detector has its row under its own name, and no name comes twice."""
    names = [stage.name for stage in found]
    assert len(set(names)) == len(names)
    wanted = {"masking", "lexicon", "shape", "phrases", "ngrams", "escalation", "ledger"}
    assert wanted <= set(names)
    assert [stage.total for stage in found] == [False] * (len(found) - 3) + [True] * 3
    assert names[-1] == stages.WHOLE


def test_the_encoder_costs_more_than_all_that_is_done_without_it(found):
    """What it rests on is told apart from what it reads, and the totals differ by both."""
    by_name = {stage.name: stage for stage in found}
    assert by_name[stages.ENCODER].mean > by_name["masking"].mean
    assert by_name[stages.EVIDENCE].mean > 0
    assert by_name[stages.WHOLE].mean > by_name[stages.WITHOUT].mean
