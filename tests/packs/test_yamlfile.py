"""YAML in which every scalar is text and every error has a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import PackError
from assist.packs.yamlfile import Node, read


def written(tmp_path, text, name="rule.yaml"):
    """Return the path of a file with this text (or these bytes)."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(tmp_path, text):
    return read(written(tmp_path, text), shown_as="rule.yaml")


def plain(node):
    """Return a node as plain values, without places."""
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, tuple):
        return [plain(child) for child in node.value]
    return {key: plain(child) for key, child in node.value.items()}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ({"negated": "no"}, "negated: no"),
        ({"a": "yes", "b": "1.10", "c": "null"}, "{a: yes, b: 1.10, c: null}"),
        ({"a": "2026-01-01"}, "a: 2026-01-01"),
        (["a", {"b": ["c", "d"]}], "- a\n- b: [c, d]"),
        ({"a": ""}, "a:"),
        ({"a": "5"}, "a: !!int 5"),
        ({"no": "a"}, "no: a"),
        ("\ufefflate"[1:], "\ufefflate"),
    ],
)  # fmt: skip
def test_every_scalar_is_text(expected, text, tmp_path):
    """`no` is a word, `1.10` keeps its zero, and nothing becomes a date or a null."""
    assert plain(loaded(tmp_path, text)) == expected


def test_every_node_knows_its_place(tmp_path):
    """Lines and columns count from one."""
    root = loaded(tmp_path, "a: b\nc:\n  - d\n")
    (item,) = root.mapping("m")["c"].items("c")
    assert [(node.line, node.column) for node in (root, root.value["a"], item)] == [
        (1, 1), (1, 4), (3, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "code", "text"),
    [
        ("3:1", "pack.duplicate-key", "a: 1\nb: 2\na: 3\n"),
        ("2:3", "pack.duplicate-key", "x: {a: 1,\n  a: 2}\n"),
        ("1:3", "pack.wrong-type", "? [a]\n: b\n"),
        ("1:4", "pack.not-yaml", "a: [1\n"),
        ("1:5", "pack.not-yaml", "a: b: c"),
        ("2:1", "pack.not-yaml", "a: b\n--- c\n"),
        ("1:1", "pack.not-yaml", "a: \x00"),
        ("1:1", "pack.empty", ""),
        ("1:1", "pack.empty", "# nothing but a remark\n"),
        ("1:1", "pack.unreadable", b"a: \xff"),
        ("1:1", "pack.too-large", "a" * (256 * 1024 + 1)),
        ("1:22", "pack.too-deep", "[" * 22 + "]" * 22),
        ("1:22", "pack.too-deep", "[" * 50_000),
        ("2:4", "pack.not-yaml", "a: &x [late]\nb: *x\n"),
        ("1:11", "pack.not-yaml", "a: &x [b, *x]"),
    ],
    ids=[
        "twice", "twice in a flow", "list as key", "open bracket", "two colons", "two documents",
        "no character", "empty", "remark", "not UTF-8", "too large", "too deep", "far too deep",
        "alias", "alias of itself",
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(place, code, text, tmp_path):
    """Every fault of a file is told as file:line:column with a stable code."""
    with pytest.raises(PackError) as caught:
        loaded(tmp_path, text)
    assert str(caught.value).startswith(f"rule.yaml:{place}: ")
    assert str(caught.value).endswith(f"[{code}]")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("2:1: .*spaces, not with a tab", "a:\n\t- b\n"),
        ("3:2: .*as far to the right as its neighbours", "a:\n  - b\n - c\n"),
        ("1:8: .*a colon, put the words in quotes", "a: Late: a call\n"),
        ("1:4: .*put the words in quotes", "a: @us\n"),
        ("1:8: .*brackets or braces, put the words in quotes", "a: [b] yesterday\n"),
        ("2:5: .*close what was opened here", 'a:\n  - "thanks\nb: c\n'),
        ("2:2: .*lacks the blank after its colon", "a:b\nc: d\n"),
        ("4:1: .*a blank after each ':' and '-'", "a:\n  - b\n-c\nd: e\n"),
        ("1:1: .*save it as UTF-8", b"a: \xff"),
        ("3:1: .*'a' stands twice: keep one", "a: 1\nb: 2\na: 3\n"),
    ],
    ids=[
        "tab", "indent", "colon", "at", "bracket", "open quote", "no blank", "no blank after -",
        "bytes", "twice",
    ],
)  # fmt: skip
def test_a_mistake_of_writing_is_told_with_what_to_do(told, text, tmp_path):
    """Whoever does not know YAML is told at its place what to change."""
    with pytest.raises(PackError, match=rf"rule.yaml:{told}"):
        loaded(tmp_path, text)


def test_a_thousand_laughs_are_not_told(tmp_path):
    """A file that names itself over and over is refused at once, not spelt out."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(PackError, match=r"rule.yaml:2:10: .*\[pack.not-yaml\]"):
        loaded(tmp_path, "\n".join(lines))


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_opened_is_named(name, tmp_path):
    """A missing file, or a folder in its place, is unreadable, and the path is told."""
    with pytest.raises(PackError) as caught:
        read(tmp_path / name)
    assert (caught.value.code, caught.value.file) == ("pack.unreadable", str(tmp_path / name))


def test_without_another_name_a_file_is_shown_by_its_path(tmp_path):
    """A node names the file as it was opened, unless it is to be shown otherwise."""
    path = written(tmp_path, "a: b")
    assert (read(path).file, read(path, shown_as="x").file) == (str(path), "x")


def node(value):
    return Node(value=value, file="f", line=3, column=5)


TEXT, LIST, MAP = node(" so\n  late "), node((node("a"),)), node({"a": node("b")})


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        ("so late", lambda: TEXT.text("x")),
        (" so\n  late ", lambda: TEXT.verbatim("x")),
        ((TEXT,), lambda: TEXT.items("x")),
        ((node("a"),), lambda: LIST.items("x")),
        ({"a": node("b")}, lambda: MAP.mapping("x")),
        ({"a": node("b")}, lambda: MAP.mapping("x", frozenset({"a", "z"}))),
        (1.5, lambda: node("1.5").number("x", 1, 2)),
        ("b", lambda: node("b").one_of("x", ("a", "b"))),
        ("b", lambda: node("b").one_of("x", iter(("a", "b")))),
    ],
)
def test_a_node_gives_what_is_asked_of_it(expected, asked):
    """A text, a list, a mapping, a number or one of a few words: each as written."""
    assert asked() == expected


@pytest.mark.parametrize(
    ("code", "said", "asked"),
    [
        ("pack.wrong-type", "x must be a text", lambda: LIST.text("x")),
        ("pack.empty", "x is empty", lambda: node(" ").text("x")),
        ("pack.wrong-type", "x must be a text", lambda: MAP.verbatim("x")),
        ("pack.wrong-type", "x must be a list", lambda: MAP.items("x")),
        ("pack.wrong-type", "x must be a mapping", lambda: TEXT.mapping("x")),
        ("pack.wrong-type", "x must be a number", lambda: TEXT.number("x", 0, 1)),
        ("pack.out-of-range", "between 0 and 1", lambda: node("1.1").number("x", 0, 1)),
        ("pack.out-of-range", "between 0 and 1", lambda: node("nan").number("x", 0, 1)),
        ("pack.unknown-value", "choose from a, b", lambda: node("c").one_of("x", ("a", "b"))),
        ("pack.invalid", "so what", lambda: (_ for _ in ()).throw(TEXT.wrong("so what"))),
    ],
)
def test_a_node_that_is_something_else_says_so(code, said, asked):
    """What is asked for and not there is told at the node's own place."""
    with pytest.raises(PackError) as caught:
        asked()
    error = caught.value
    assert (error.code, error.file, error.line, error.column) == (code, "f", 3, 5)
    assert said in error.message


def test_an_unknown_key_is_pointed_at_itself(tmp_path):
    """The place of an unknown key is the key, not what stands under it, and the known are named."""
    root = loaded(tmp_path, "a: 1\nwhenn:\n  - b\n")
    with pytest.raises(PackError) as caught:
        root.mapping("a rule", frozenset({"when", "a"}))
    assert str(caught.value) == (
        "rule.yaml:2:1: unknown key 'whenn' in a rule (did you mean 'when'?); known: a, when "
        "[pack.unknown-key]"
    )


@given(st.text(max_size=40) | st.text(alphabet="a:-[]{}&*!|>'\"\n #?,%@`", max_size=30))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    """Whatever stands in a file, it is read or refused with a place; nothing else is raised."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        assert isinstance(read(path), Node)
    except PackError as error:
        place = (error.line, error.column)
        assert min(place) >= 1
