"""What a playbook may say, as JSON Schema for editors.

The law: the loader decides; this is the same told beforehand. The keys are those that
`assist.packs.playbookfile` reads.
"""

from assist.core.playbook import OfferKind, Tone
from assist.core.techniques import TECHNIQUES
from assist.packs.schema_parts import DIALECT, Schema, choice, listed, mapping, text

__all__ = ["playbook_keys", "playbook_schema"]

_CAUSES = tuple(name[6:] for name in TECHNIQUES if name.startswith("cause."))
_SUM = r"^\s*([A-Z]{3}|[€£$])?\s*\d+([.,]\d{1,2})?\s*([A-Z]{3}|[€£$%])?\s*$"


def playbook_schema() -> Schema:
    """Return the schema of `playbook.yaml`."""
    return {
        "$schema": DIALECT,
        "$id": "urn:assist:playbook",
        "title": "Assist playbook",
        **playbook_keys(),
    }


def playbook_keys() -> Schema:
    """Return the schema of a playbook where it stands inside another file."""
    return mapping(
        _house() | _offered(), (), "What a company allows its agents to offer; all may be left out."
    )


def _house() -> dict[str, Schema]:
    return {
        "name": text("What the company calls this playbook."),
        "company": text("The company's name, for the slot `{company}`."),
        "languages": _languages("Languages that the house answers in, such as `en`."),
        "zone": text("The time zone of all hours here, such as `Europe/Berlin`."),
        "tone": choice(tuple(map(str, Tone)), "How the house speaks."),
        "products": listed(text(), "Names of products, as customers write them.", fewest=0),
        "banned-words": listed(text(), "Words that no line may hold.", fewest=0),
    }


def _offered() -> dict[str, Schema]:
    middle = _offer() | {
        "instead-of": _kinds("What the customer asks for, where this is offered in its place.")
    }
    return {
        "offers": listed(
            mapping(_offer(), ("offer",)),
            "What agents may offer, the preferred ones first.",
            fewest=0,
        ),
        "middle-grounds": listed(
            mapping(middle, ("offer",)), "What may be offered to meet halfway.", fewest=0
        ),
        "call-back": text("When customers can be called, such as `Mon-Fri 9:00-17:30`, or `24/7`."),
        "hand-over": listed(_route(), "Whom a chat may be handed over to.", fewest=0),
        "authority": mapping(
            {
                "kinds": listed(_kinds(), "What agents may grant by themselves.", fewest=0),
                "up-to": _sum("The most they may grant."),
            },
            ("kinds",),
            "What agents may grant without asking.",
        ),
    }


def _offer() -> dict[str, Schema]:
    return {
        "offer": text('What is offered, worded to follow "I can"; `{sum}` stands for the sum.'),
        "kind": _kinds("What sort of thing it is; otherwise `help`, which gives nothing away."),
        "causes": _causes(),
        "up-to": _sum("The most it may come to; such an offer needs its kind."),
    }


def _route() -> Schema:
    return mapping(
        {
            "route": text("Whom a chat goes to, such as the warranty team."),
            "causes": _causes(),
            "hours": text("When they are there, such as `Mon-Fri 9-17`."),
            "languages": _languages("Languages that they answer in."),
        },
        ("route",),
    )


def _kinds(description: str = "") -> Schema:
    return choice(tuple(map(str, OfferKind)), description)


def _causes() -> Schema:
    return listed(choice(_CAUSES), "For these causes; without any, for every cause.")


def _languages(description: str) -> Schema:
    return listed({"type": "string", "pattern": "^[a-z]{2,3}$"}, description, fewest=0)


def _sum(description: str) -> Schema:
    return {
        "description": f"{description} A number with its currency or `%`, such as `20 EUR`.",
        "type": "string",
        "pattern": _SUM,
    }
