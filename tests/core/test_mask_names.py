"""Names as platforms tell them and as people say them, and words that are none."""

import pytest
from growth import TOO_MUCH, growth

from assist.core.mask_names import is_name, names, told
from assist.core.masking import masked


def words(found, text):
    return [span.of(text) for span in found]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Ana Lima", "Ana here, ANA LIMA, lima's box", ["Ana", "ANA LIMA", "ANA", "LIMA", "lima"]),
        ("Ana Lima", "bananas and limas from Canada", []),
        ("Ana-Maria Lima", "ask ana or maria", ["ana", "maria"]),
        ("Li Wei", "li wei is here; Li and wei", ["li wei", "wei", "wei"]),
        ("Li Wei", "li, then a wei", ["wei"]),
        ("Al", "Al said al", ["Al"]),
        ("(Al.)", "Al said al", ["Al"]),
        ("My", "My box is my box. My box.", []),
        ("So", "So, so what? So", []),
        ("An", "An old kettle, ask An or an agent", ["An"]),
        ("Do", "Do you? I asked Do", ["Do"]),
        ("So An", "So an old kettle, says So An", ["So An"]),
        ("Ha", "Ha, that is fun", []),
        ("J. Li", "J. Li, j.li", ["J. Li", "j.li"]),
        ("José Peña", "jose pena, JOSÉ", ["jose pena", "jose", "pena", "JOSÉ"]),
        ("O’Brien", "o'brien", ["o'brien", "brien"]),
        ("Will Young", "Will it come? I will. will young!", ["will young"]),
        ("Will Young", "So, is Will in? Young Will is.", ["Will", "Will"]),
        ("Website Visitor", "the visitor of a website", []),
        ("Guest 4711", "guest 4711 came as guest, room 4711", ["guest 4711"]),
        ("李明", "我是李明, 李明!", ["李明", "李明"]),
        ("李", "我是李明", []),
        ("佐々木", "佐々木です", ["佐々木"]),
        ("4711", "room 4711, 47110", []),
        ("김민수", "가면서 김민수는 강민수", ["김민수"]),
        ("山田 太郎", "山田 太郎です。山田太郎", ["山田 太郎", "山田太郎"]),
        ("山田太郎", "山田 太郎", []),
        ("ジョン・スミス", "ジョン・スミス, ジョンスミス", ["ジョン・スミス", "ジョンスミス"]),
        ("なか", "なか, なが, なか\u3099", ["なか"]),
        ("なが", "なか, なが, なか\u3099", ["なが", "なか\u3099"]),
        ("สุชาติ", "ผมชื่อสุชาติครับ", ["สุชาติ"]),
        ("अमित", "मैं अमित हूँ, अमत, अमिता", ["अमित"]),
        ("अमित कुमार", "अमित यहाँ, अमित कुमार", ["अमित", "अमित कुमार", "अमित", "कुमार"]),
        ("علي", "السلام عليكم، علي", ["علي"]),
        ("Müller", "mu\u0308ller, Müller, muller", ["mu\u0308ller", "Müller", "muller"]),
        ("Mu\u0308ller", "mu\u0308ller, Müller, muller", ["mu\u0308ller", "Müller", "muller"]),
        ("Jose\u0301", "José, jose\u0301, \u2764\ufe0fjose", ["José", "jose\u0301", "jose"]),
        ("José", "José, Jose\u0301", ["José", "Jose\u0301"]),
        ("Bé", "Be\u0301, be\u0301", ["Be\u0301"]),
        ("Ту", "Ту и ту", ["Ту"]),
        ("Кий", "кий, кии\u0306", ["кий", "кии\u0306"]),
        ("•••• ••", "•••• •• is masked", []),
        ("bob@example.com", "bob and example", ["bob", "example"]),
        ("Ana Lima", "Ana\nis not in " + "Ana ." + "-" * 40 + " Lima", ["Ana", "Ana", "Lima"]),
        ("A B", "a b is nothing, A B is", ["A B"]),
        (" ".join("abcdefghij"), "a b c d e f g h", ["a b c d e f g h"]),
    ],
)
def test_a_told_name_is_found_whole_and_in_parts(name, text, found):
    """As whole words in any case; what is also a word only where it can hardly be one."""
    assert words(told(text, name), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My name is Ana Lima. Hello", ["Ana Lima"]),
        ("my name is ana lima and", ["ana lima"]),
        ("my name is ana order me one", ["ana"]),
        ("my name is ana kettle blue", ["ana"]),
        ("my name is Ludwig van Beethoven der Erste is here", ["Ludwig van Beethoven der Erste"]),
        ("my name is Ana van der", ["Ana"]),
        ("my name is Ana Bea Cleo Dora Eva Fay", ["Ana Bea Cleo Dora Eva"]),
        ("my name is Ana The Great", ["Ana"]),
        ("my name is 12", []),
        ("my name is on it", []),
        ("my name is happy", []),
        ("my name is dr. order", ["dr"]),
        ("my name is dr, here", ["dr"]),
        ("my name is mr. dr. prof. dr. ana", ["mr. dr. prof. dr"]),
        ("my name is changing", []),
        ("my name is sterling", ["sterling"]),
        ("My name is May", ["May"]),
        ("Call me Ana.", ["Ana"]),
        ("this is May from hell", []),
        ("this is Ridiculous from you", []),
        ("this is Tom from accounting", ["Tom"]),
        ("this is tom from accounting", []),
        ("hi, this is tom from accounting", ["tom"]),
        ("hi, this is tom", []),
        ("Hi, this is Tom.", ["Tom"]),
        ("this is Tom", []),
        ("Tom here, hello", ["Tom"]),
        ("Thanks,\nPriya", ["Priya"]),
        ("Thanks,\npriya", []),
        ("Thanks,\n12", []),
        ("regards\npriya", ["priya"]),
        ("Regards, Priya and all of us", []),
    ],
)
def test_a_name_that_people_give_themselves_is_found(text, found):
    """As long as it is written like one, and where the words around it say that one comes."""
    assert words(dict.fromkeys(names(text)), text) == found


def test_what_was_masked_is_no_name():
    """Dots say nothing, so nothing is looked for."""
    assert [is_name(name) for name in ("Ana", "李", "•••• ••••", "")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("name", "text", "hidden"),
    [
        ("José", "Jose\u0301!", "•••••!"),
        ("अमित", "मैं अमित", "मैं ••••"),
        ("สุชาติ", "ชื่อสุชาติ", "ชื่อ••••••"),
    ],
)
def test_no_mark_of_a_masked_name_can_be_read(name, text, hidden):
    """A vowel sign or an accent says as much as a letter."""
    assert masked(text, ("names",), name) == hidden


@pytest.mark.parametrize("name", ["a b c d e f g h", "Will", "李李", "Al", "So"])
def test_a_told_name_takes_no_long(name):
    """What it costs to look for a name grows with the text, and no faster."""
    assert growth(lambda text: list(told(text, name)), name[0] + " ") < TOO_MUCH
    assert growth(lambda text: list(told(text, name)), "Will") < TOO_MUCH
    assert growth(lambda text: list(told(text, name)), "李") < TOO_MUCH
    assert growth(lambda text: list(told(text, name)), f"é {name} ") < TOO_MUCH
    assert growth(lambda text: list(told(text, name)), "e\u0301") < TOO_MUCH


@pytest.mark.parametrize("unit", ["my name is dr. ", "Dr. ", "J.", "\u0301", "Thanks\nA. "])
def test_what_people_say_takes_no_long(unit):
    """Titles, initials and marks one after another cost no more than other words."""
    assert growth(lambda text: list(names(text)), unit, head="my name is ") < TOO_MUCH
