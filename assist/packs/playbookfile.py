"""The shape of a playbook file: what a company lets its agents offer, and how the house speaks.

The law: every key may be left out, and every key that stands is one of `KEYS`. What cannot be read
is refused at its place with what to write instead; nothing is guessed.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assist.core.playbook import (
    EMPTY,
    PERCENT,
    Authority,
    Hours,
    Offer,
    OfferKind,
    Playbook,
    Route,
    Sum,
    Tone,
)
from assist.core.techniques import TECHNIQUES
from assist.packs.bundled import bundled
from assist.packs.hours import openings
from assist.packs.yamlfile import Node, parsed, words_in

__all__ = ["AUTHORITY_KEYS", "KEYS", "OFFER_KEYS", "ROUTE_KEYS", "load_playbook", "playbook"]

PLAYBOOK = "playbook.yaml"
KEYS = frozenset(
    {
        "name", "company", "languages", "zone", "tone", "products", "banned-words", "offers",
        "middle-grounds", "call-back", "hand-over", "authority",
    }
)  # fmt: skip
OFFER_KEYS = frozenset({"offer", "kind", "causes", "up-to"})
MIDDLE_KEYS = OFFER_KEYS | {"instead-of"}
ROUTE_KEYS = frozenset({"route", "causes", "hours", "languages"})
AUTHORITY_KEYS = frozenset({"up-to", "kinds"})
_SUM = re.compile(
    r"(?P<before>[A-Z]{3}|[€£$]|)\s*(?P<amount>-?\d+(?:[.,]\d{1,2})?)\s*(?P<after>[A-Z]{3}|[€£$%]|)"
)
_CURRENCIES = {"€": "EUR", "£": "GBP", "$": "USD"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_BEGUN = ("i can ", "we can ", "to ", "i could ", "we could ", "can ")
_CAUSES = tuple(name[6:] for name in TECHNIQUES if name.startswith("cause."))


def load_playbook(folders: Iterable[Path] = (), file: Path | None = None) -> Playbook:
    """Return the playbook in `file`, or else the last in the shipped rules and `folders`."""
    if file is not None:
        return _whole(file)
    found = EMPTY
    for place in (bundled("rules"), *folders):
        path = place / PLAYBOOK
        if path.is_file():
            found = _whole(path)
    return found


def _whole(path: Path) -> Playbook:
    raw = words_in(path)
    return playbook(parsed(raw, str(path)), hashlib.sha256(raw).hexdigest()[:8])


def playbook(node: Node, digest: str = "") -> Playbook:
    """Return what the playbook says, or raise `PackError` at the place that is wrong."""
    keys = node.mapping("the playbook", KEYS)
    zone = _zone(keys["zone"]) if "zone" in keys else None
    return Playbook(
        name=_text(keys, "name") or "unnamed",
        digest=digest,
        company=_text(keys, "company"),
        languages=_languages(keys),
        tone=Tone(keys["tone"].one_of("tone", tuple(map(str, Tone))))
        if "tone" in keys
        else Tone.NEUTRAL,
        products=_words(keys, "products"),
        banned=_words(keys, "banned-words"),
        offers=_offers(keys, "offers", OFFER_KEYS),
        middle_grounds=_offers(keys, "middle-grounds", MIDDLE_KEYS),
        call_back=_hours(keys["call-back"], zone) if "call-back" in keys else None,
        routes=_routes(keys, zone),
        authority=_authority(keys["authority"]) if "authority" in keys else None,
    )


def _text(keys: Mapping[str, Node], key: str) -> str | None:
    return keys[key].text(key) if key in keys else None


def _words(keys: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """Return a list of words, none of them twice."""
    items = keys[key].items(key) if key in keys else ()
    found: dict[str, Node] = {}
    for item in items:
        word = item.text(f"an entry of {key}")
        if word.casefold() in found:
            raise _twice(item, word, found[word.casefold()])
        found[word.casefold()] = item
    return tuple(item.text(key) for item in items)


def _twice(node: Node, what: str, first: Node) -> Exception:
    return node.wrong(
        f"{what!r} stands twice, first in line {first.line}: take one out", "playbook.duplicate"
    )


def _languages(keys: Mapping[str, Node]) -> tuple[str, ...]:
    found = _words(keys, "languages")
    for node, language in zip(
        keys["languages"].items("languages") if found else (), found, strict=True
    ):
        if not _LANGUAGE.fullmatch(language):
            raise node.wrong(
                f"{language!r} is not a language code: write small letters, such as en",
                "playbook.bad-language",
            )
    return found


def _zone(node: Node) -> ZoneInfo:
    name = node.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise node.wrong(
        f"{name!r} is not a time zone known here: write one such as Europe/Berlin or UTC",
        "playbook.bad-zone",
    )


def _offers(keys: Mapping[str, Node], key: str, known: frozenset[str]) -> tuple[Offer, ...]:
    items = keys[key].items(key) if key in keys else ()
    offers: list[Offer] = []
    for number, item in enumerate(items):
        new = _offer(item, known)
        for first, old in zip(items[:number], offers, strict=True):
            if _same(old, new):
                raise _twice(item, new.text, first)
        offers.append(new)
    return tuple(offers)


def _same(one: Offer, other: Offer) -> bool:
    """Tell whether both say the same for a cause that both are made for."""
    meet = set(one.causes) & set(other.causes) or not (one.causes and other.causes)
    return one.text.casefold() == other.text.casefold() and bool(meet)


def _offer(node: Node, known: frozenset[str]) -> Offer:
    keys = node.mapping("an offer", known)
    if "offer" not in keys:
        raise node.wrong("an offer needs 'offer', worded to follow \"I can\"", "pack.missing-key")
    kind = _kind(keys["kind"], "kind") if "kind" in keys else OfferKind.HELP
    offer = Offer(
        text=_wording(keys["offer"]),
        kind=kind,
        causes=_causes(keys),
        up_to=_sum(keys["up-to"]) if "up-to" in keys else None,
        instead_of=_kind(keys["instead-of"], "instead-of") if "instead-of" in keys else None,
    )
    if offer.up_to and kind is OfferKind.HELP:
        raise keys["up-to"].wrong(
            "an offer with a sum needs its 'kind', such as voucher", "playbook.missing-kind"
        )
    if "{sum}" in offer.text and not offer.up_to:
        raise keys["offer"].wrong("{sum} needs 'up-to', such as 20 EUR", "playbook.missing-sum")
    return offer


def _wording(node: Node) -> str:
    words = node.text("offer")
    begun = next((start for start in _BEGUN if words.lower().startswith(start)), None)
    if begun or words.endswith("."):
        raise node.wrong(
            f'word an offer to follow "I can", without {(begun or "its full stop").strip()!r}',
            "playbook.bad-wording",
        )
    if "{" in words.replace("{sum}", "") or "}" in words.replace("{sum}", ""):
        raise node.wrong("the only slot in an offer is {sum}", "pack.unknown-slot")
    return words


def _kind(node: Node, what: str) -> OfferKind:
    return OfferKind(node.one_of(what, tuple(map(str, OfferKind))))


def _causes(keys: Mapping[str, Node]) -> tuple[str, ...]:
    items = keys["causes"].items("causes") if "causes" in keys else ()
    if "causes" in keys and not items:
        raise keys["causes"].wrong("name a cause, or leave 'causes' out for any", "pack.empty")
    return tuple(item.one_of("a cause", _CAUSES) for item in items)


def _sum(node: Node) -> Sum:
    told = node.text("up-to")
    found = _SUM.fullmatch(told)
    if found is None:
        raise node.wrong(
            f"{told!r} is not a sum: write a number and its currency, such as 20 EUR",
            "playbook.bad-sum",
        )
    amount = Decimal(found["amount"].replace(",", "."))
    unit = found["before"] or found["after"]
    if not unit or (found["before"] and found["after"]):
        raise node.wrong(
            f"a sum has one currency: write {found['amount']} EUR or €{found['amount']}",
            "playbook.no-currency",
        )
    if amount <= 0:
        raise node.wrong("a sum must be more than 0", "playbook.bad-sum")
    if unit == PERCENT and amount > 100:
        raise node.wrong("a part cannot be more than 100 %", "playbook.bad-sum")
    return Sum(amount=amount, unit=_CURRENCIES.get(unit, unit), text=told)


def _hours(node: Node, zone: ZoneInfo | None) -> Hours:
    return Hours(text=node.text("hours"), openings=openings(node), zone=zone)


def _routes(keys: Mapping[str, Node], zone: ZoneInfo | None) -> tuple[Route, ...]:
    items = keys["hand-over"].items("hand-over") if "hand-over" in keys else ()
    routes: dict[str, Node] = {}
    found = []
    for item in items:
        route = _route(item, zone)
        if route.name.casefold() in routes:
            raise _twice(item, route.name, routes[route.name.casefold()])
        routes[route.name.casefold()] = item
        found.append(route)
    return tuple(found)


def _route(node: Node, zone: ZoneInfo | None) -> Route:
    keys = node.mapping("a route", ROUTE_KEYS)
    if "route" not in keys:
        raise node.wrong(
            "a route needs 'route': whom a chat goes to, such as the warranty team",
            "pack.missing-key",
        )
    return Route(
        name=keys["route"].text("route"),
        causes=_causes(keys),
        hours=_hours(keys["hours"], zone) if "hours" in keys else None,
        languages=_languages(keys),
    )


def _authority(node: Node) -> Authority:
    keys = node.mapping("authority", AUTHORITY_KEYS)
    if "kinds" not in keys:
        known = ", ".join(kind for kind in OfferKind if kind is not OfferKind.HELP)
        raise node.wrong(f"authority needs 'kinds', some of {known}", "pack.missing-key")
    return Authority(
        kinds=tuple(_kind(item, "a kind") for item in keys["kinds"].items("kinds")),
        up_to=_sum(keys["up-to"]) if "up-to" in keys else None,
    )
