"""The HTTP port: pages, samples, what operators look at, and the headers of every answer."""

import httpx
import pytest


@pytest.fixture
async def http(desk):
    async with httpx.AsyncClient(base_url=desk.service.http_url, timeout=60) as client:
        yield client


PATHS = [
    "/",
    "/config.json",
    "/healthz",
    "/livez",
    "/readyz",
    "/metrics",
    "/samples",
    "/schema",
    "/nowhere",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_forbids_what_the_page_does_not_need(desk, http, path):
    """Strict policy, no sniffing, no scripts but our own files, sockets only to the service."""
    answer = await http.get(path)
    policy = answer.headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert f"ws://127.0.0.1:{desk.service.listener.port}" in rules["connect-src"]
    assert (rules["base-uri"], rules["frame-ancestors"]) == ("'none'", "'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "cache-control" in answer.headers


@pytest.mark.parametrize("host", ["evil; script-src *", "a b", "<x>", "x" * 300, "[::1", ""])
async def test_a_strange_host_does_not_get_into_the_policy(desk, http, host):
    """Only plain host names are repeated."""
    answer = await http.get("/healthz", headers={"Host": host})
    policy = answer.headers.get("content-security-policy", "ws://127.0.0.1:")
    assert "ws://127.0.0.1:" in policy
    assert "script-src *" not in policy


@pytest.mark.parametrize("host", ["desk.example:8080", "desk.example", "[::1]:8080"])
async def test_the_page_finds_the_socket_where_it_was_found_itself(desk, http, host):
    """The socket's address has the page's own host."""
    told = (await http.get("/config.json", headers={"Host": host})).json()
    name = host.removesuffix(":8080")
    assert told["ws"] == f"ws://{name}:{desk.service.listener.port}/v1"
    assert told["subprotocol"] == "assist.v1"


async def test_health_and_readiness(desk, http):
    """Health is a word; readiness says what is in force and what does not work."""
    health = await http.get("/healthz")
    assert (health.text, health.headers["cache-control"]) == ("ok\n", "no-store")
    ready = await http.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {
        "ready": True,
        "pack": {"name": "fake", "version": "1"},
        "version": "fake@1",
        "epoch": desk.service.hub.epoch,
        "store": "memory",
        "degraded": ["models"],
        "trouble": {"models": "without encoder"},
        "without": ["encoder"],
        "warnings": [],
    }
    desk.service.hub.parts.degraded.add("store")
    broken = await http.get("/readyz")
    assert (broken.status_code, broken.json()["degraded"]) == (503, ["models", "store"])
    assert (await http.get("/livez")).text == "ok\n"


async def test_broken_rules_are_told_and_stop_nobody(desk, http):
    """With rules that cannot be read the service is degraded and still takes chats."""
    desk.service.hub.refuse_line("rules", "calm/a.yaml:3:1 pack.unknown-key")
    told = await http.get("/readyz")
    assert told.status_code == 200
    assert told.json()["degraded"] == ["models", "rules"]
    assert told.json()["trouble"]["rules"] == "calm/a.yaml:3:1 pack.unknown-key"


async def test_the_page_and_its_files(http):
    """The demo page is at / and its files under /demo/, of the right types."""
    page = await http.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    for name, kind in (("page.js", "javascript"), ("style.css", "text/css")):
        answer = await http.get(f"/demo/{name}")
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
    assert (await http.get("/demo/../web.py")).status_code == 404
    assert (await http.get("/demo/%2e%2e/%2e%2e/settings.py")).status_code == 404


@pytest.mark.parametrize("name", ["chat-assist-panel.js", "composer.js", "lang/de.js"])
async def test_the_panel_is_served_as_built(http, name):
    """The sidebar's element and its languages are there; its source and packages are not."""
    answer = await http.get(f"/panel/{name}")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]
    assert (await http.get("/panel/package.json")).status_code == 404


async def test_the_wall_is_served_as_built(http):
    """The supervisors' page is at /wall/ with its files; its source is not."""
    page = await http.get("/wall/")
    assert page.headers["content-type"].startswith("text/html")
    assert "<chat-assist-wall sign-in>" in page.text
    for name in ("chat-assist-wall.js", "page.js", "page.css", "lang/de.js"):
        assert (await http.get(f"/wall/{name}")).status_code == 200
    for name in ("src/element.js", "index.html", "../panel/package.json"):
        assert (await http.get(f"/wall/{name}")).status_code == 404


async def test_samples_are_listed_and_given_as_turns(http):
    """Every listed sample can be had as a list of turns; others are not there."""
    listed = (await http.get("/samples")).json()
    assert len(listed) > 5
    for sample in listed:
        turns = (await http.get(f"/samples/{sample['name']}")).json()
        assert {"id", "role", "text", "at"} <= set(turns[0])
    for name in ("nothing", "index", "..%2f..%2fsettings"):
        assert (await http.get(f"/samples/{name}")).status_code == 404


async def test_the_schema_is_served(http):
    """The JSON Schema of the protocol is at /schema."""
    answer = await http.get("/schema")
    assert answer.headers["content-type"] == "application/schema+json"
    assert "$defs" in answer.json()


async def test_other_methods_are_refused(http):
    """Nothing here is written to."""
    for path in ("/", "/samples", "/metrics"):
        assert (await http.post(path, content=b"x" * 1000)).status_code == 405


async def test_behind_a_proxy_the_page_is_told_the_public_address(make_service):
    """The address that is set is told as it is, and is where the page may connect."""
    async with (
        make_service(public_url="wss://assist.example:8443/v1") as desk,
        httpx.AsyncClient(base_url=desk.service.http_url, timeout=60) as client,
    ):
        answer = await client.get("/config.json")
    assert answer.json()["ws"] == "wss://assist.example:8443/v1"
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self' wss://assist.example:8443;" in policy
