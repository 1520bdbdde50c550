"""An erasure that overtakes a message."""


async def test_what_comes_after_an_erasure_is_told_so_and_may_be_sent_again(desk, said, capsys):
    """The sender gets a typed error with `retry`, nothing is logged, and the chat begins anew."""
    async with desk.talk("platform") as platform:
        await platform.ask(**said("hello", turn="t1"))
        await desk.service.hub.parts.log.erase(("c",))
        refused = await platform.ask(**said("are you there", turn="t2"))
        again = await platform.ask(**said("are you there", turn="t2"))
    assert (refused["type"], refused["code"]) == ("error", "conversation.erased")
    assert refused["retry"] is True
    assert again["type"] == "ack"
    assert "failed" not in capsys.readouterr().err
