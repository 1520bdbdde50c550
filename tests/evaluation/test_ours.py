"""What the line says of items."""

from assist.core.signals import Reading, Sentiment, SentimentLabel
from assist.core.turns import Role
from assist.evaluation.items import UNHAPPY, Item
from assist.evaluation.ours import Told, ranked, read


def test_an_item_is_read_after_the_agents_turn():
    """The customer's words are read with the agent's before them, if there were any."""
    seen = []

    def reader(turn, earlier):
        seen.append((turn.role, turn.text, [(one.role, one.text) for one in earlier]))
        calm = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
        return Reading(turn=turn.id, sentiment=calm)

    read(reader, [Item(id="1", text="yes", before="more?"), Item(id="2", text="no")])
    assert seen == [
        (Role.CUSTOMER, "yes", [(Role.AGENT, "more?")]),
        (Role.CUSTOMER, "no", []),
    ]


def test_told_is_class_score_and_signals(reader):
    """A reading is kept as far as it is measured."""
    (told,) = read(reader, [Item(id="1", text="bad idiot")])
    assert (told.sentiment, told.score) == (0, -0.8)
    assert told.signals == {"valence": -0.8, "risk.abuse": 0.9}


def test_rankings_are_unhappiness_or_a_signal():
    """Unhappiness is the score turned round; an absent signal is 0."""
    told = Told(sentiment=0, score=-0.4, signals={"like.frustrated": 0.9})
    assert ranked(told, UNHAPPY) == 0.4
    assert ranked(told, "like.frustrated") == 0.9
    assert ranked(told, "risk.abuse") == 0.0
