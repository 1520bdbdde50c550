"""Who may frame the sidebar, and what the framed pages may load."""

import httpx
import pytest

from assist.errors import UsageError
from assist.service.framing import Framing, framing_of
from assist.settings import Settings, load_settings

POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'self'; trusted-types lit-html"
HOSTS = ("https://desk.example", "https://*.zendesk.com")


def rules(path: str) -> dict[str, str]:
    """Return the rules of a page, where two hosts are named."""
    policy = Framing(hosts=HOSTS).policy(path, POLICY)
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


@pytest.fixture
async def http(desk):
    """Return a client of the service's pages."""
    async with httpx.AsyncClient(base_url=desk.service.http_url, timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/demo/page.js", "/wall/", "/metrics", "/hostile", "/x/host/"]
)
def test_all_other_pages_keep_their_policy(path):
    """What is not under /host/ may be framed by nobody but the service itself."""
    assert Framing(hosts=HOSTS).policy(path, POLICY) == POLICY


def test_the_named_hosts_may_frame_the_pages_for_them():
    """Exactly those that the settings name stand beside the service's own origin."""
    assert rules("/host/frame.html")["frame-ancestors"] == f"'self' {HOSTS[0]} {HOSTS[1]}"
    alone = Framing().policy("/host/frame.html", POLICY)
    assert "frame-ancestors 'self';" in alone


def test_the_page_with_the_chat_loads_no_script_but_ours():
    """A helpdesk's script comes into that helpdesk's page alone, by its whole address."""
    assert rules("/host/frame.html")["script-src"] == "'self'"
    assert rules("/host/chatwoot.html")["script-src"] == "'self'"
    assert rules("/host/livechat.html")["script-src"] == "'self'"
    own, script = rules("/host/zendesk.html")["script-src"].split(" ")
    assert own == "'self'"
    assert script == "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
    assert rules("/host/front.html")["script-src"] == "'self'"


def test_a_page_for_a_helpdesk_frames_ours_alone():
    """Adapters frame the sidebar, the sidebar frames nothing."""
    assert rules("/host/zendesk.html")["frame-src"] == "'self'"
    assert "frame-src" not in rules("/host/frame.html")


def test_settings_name_hosts_and_where_tokens_are():
    """Both come from the environment as text, and are told to the pages."""
    settings = Settings(
        framed_by="https://desk.example/, https://*.zendesk.com", token_path="/sign"
    )
    assert framing_of(settings).told() == {"hosts": list(HOSTS), "token": "/sign"}


@pytest.mark.parametrize(
    "given", ["desk.example", "*", "https://*", "https://a b", "https://a; script-src *", "'self'"]
)
def test_what_is_no_origin_is_refused_in_words(given):
    """Nothing but an origin gets into the policy; the error says how one is written."""
    with pytest.raises(UsageError, match=r"framed_by .* write https://name"):
        load_settings(framed_by=f"https://desk.example,{given}")


@pytest.mark.parametrize("given", ["//evil.example/t", "https://evil.example/t", "token", "/a b"])
def test_tokens_are_asked_for_at_our_own_address_alone(given):
    """The path of tokens is a path: no other address, no scheme."""
    with pytest.raises(UsageError, match="token_path"):
        load_settings(token_path=given)


@pytest.mark.parametrize(
    "name",
    [
        "frame.html",
        "frame.js",
        "host.js",
        "zendesk.html",
        "vendor/livechat-agent-app-sdk-1.16.0.js",
    ],
)
async def test_the_files_are_served_and_may_be_loaded_from_elsewhere(http, name):
    """A desk of another origin loads host.js as a module, so the files say that it may."""
    answer = await http.get(f"/host/{name}")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "frame-ancestors 'self';" in answer.headers["content-security-policy"]
    assert (await http.get("/host/../settings.py")).status_code == 404


async def test_the_frame_is_told_where_the_socket_is_and_who_may_hold_it(desk, http):
    """Its configuration names the socket, the hosts and no secret."""
    answer = await http.get("/host/config.json")
    told = answer.json()
    assert told["ws"] == f"ws://127.0.0.1:{desk.service.listener.port}/v1"
    assert (told["hosts"], told["token"]) == ([], None)
    assert answer.headers["access-control-allow-origin"] == "*"
