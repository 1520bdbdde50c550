"""Each way to be wrong has its code, names its field, and says what to do."""

import pytest

from assist.errors import ClientFault
from assist.wire.messages import parse

TURN = '{"type":"turn","conversation":"c","turn":{"id":"t","role":%s,"text":"hi","at":%s}}'
NOON = '"2026-03-02T12:00:00Z"'

CASES = [
    ("", "message.not-json", "JSON"),
    ("{", "message.not-json", "JSON"),
    ('{"type":"open","conversation":"\\ud800"}', "message.not-json", "JSON"),
    ("[]", "message.not-an-object", "object"),
    ('"hello"', "message.not-an-object", "object"),
    ("null", "message.not-an-object", "object"),
    ("{}", "message.missing-field", "`type`"),
    ('{"type":"sing"}', "message.unknown-type", "`type`"),
    ('{"type":7}', "message.unknown-type", "`type`"),
    ('{"type":"welcome"}', "message.unknown-type", "`type`"),
    ('{"type":"turn","conversation":"c"}', "message.missing-field", "`turn`"),
    ('{"type":"turn","conversation":7,"turn":{}}', "message.wrong-type", "`conversation`"),
    (TURN % ('"pirate"', NOON), "message.wrong-type", "`turn.role`"),
    (TURN % ("7", NOON), "message.wrong-type", "`turn.role`"),
    (TURN % ('"customer"', '"2026-03-02T12:00:00"'), "message.wrong-type", "`turn.at`"),
    ('{"type":"assign","conversation":"c"}', "message.missing-field", "`agent`"),
    ('{"type":"open","conversation":""}', "message.wrong-type", "`conversation`"),
    ('{"type":"open","conversation":"%s"}' % ("x" * 201), "message.too-long", "`conversation`"),
    ('{"type":"open","conversation":"c","id":"%s"}' % ("x" * 65), "message.too-long", "`id`"),
]


@pytest.mark.parametrize(("text", "code", "named"), CASES)
def test_a_bad_message_is_told_its_code_and_its_field(text, code, named):
    """The answer carries the stable code, the field's name, and no retry."""
    with pytest.raises(ClientFault) as caught:
        parse(text)
    assert caught.value.code == code
    assert named in caught.value.message
    assert caught.value.message.endswith(".")
    assert not caught.value.retry


def test_a_place_in_a_list_is_named_by_number():
    """The second entry of a list is `1` in the field's name."""
    text = (
        '{"type":"open","conversation":"c","customer":{"history":['
        f'{{"at":{NOON},"summary":"a"}},{{"at":{NOON}}}]}}}}'
    )
    with pytest.raises(ClientFault, match=r"`customer\.history\.1\.summary`"):
        parse(text)
