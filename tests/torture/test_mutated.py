"""Valid JSON, bent."""

from assist.torture.mutated import _Met, mutated


async def test_bent_messages_get_only_typed_errors(nursery, short, figure):
    """Four hundred of them: no fault of ours, no traceback, no other close than for bad ones."""
    outcome = await mutated(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "messages") >= 400
    assert figure(outcome, "errors answered") > 50


def test_an_answer_that_is_no_message_is_counted():
    """An unknown type and a missing field are no messages of the protocol; an error is."""
    met = _Met()
    for frame in ('{"type":"nonsense"}', '{"type":"ack"}'):
        met.take(frame)
    met.take('{"type":"error","code":"a.b","message":"Do it.","retry":false}')
    assert (met.untyped, dict(met.codes)) == (2, {"a.b": 1})
