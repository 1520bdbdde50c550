"""The token's file: read anew, waited for, and no end where it is not good."""

import pytest

from assist.connectors.pass_file import PassFile
from assist.errors import ClientFault


async def test_the_token_is_read_anew_each_time(tmp_path):
    """What stands in the file now is the token; blanks around it are not."""
    file = tmp_path / "token"
    file.write_text("one\n", "utf-8")
    token = PassFile(file)
    assert token() == "one"
    file.write_text("two\n", "utf-8")
    assert token() == "two"


async def test_a_file_that_cannot_be_read_is_tried_again(tmp_path):
    """It is a fault to be retried, which names the file."""
    with pytest.raises(ClientFault, match="token cannot be read from") as caught:
        PassFile(tmp_path / "token")()
    assert caught.value.retry


async def test_a_wait_ends_when_the_file_is_another(tmp_path):
    """Of thirty seconds three are waited where the file changes in the third; else all."""
    file, naps = tmp_path / "token", []

    async def nap(seconds):
        naps.append(seconds)
        if len(naps) == 3:
            file.write_text("another", "utf-8")

    token = PassFile(file, nap)
    file.write_text("one", "utf-8")
    token()
    await token.wait(30.0)
    assert len(naps) == 3
    naps[:] = [0.0] * 3
    token()
    await token.wait(2.5)
    assert naps[3:] == [1.0, 1.0, 0.5]
