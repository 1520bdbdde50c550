"""The Autobahn cases against the real listener, by kosoku.

The law: the listener is the service's own, with its limits; only what it does with a message is an
echo, as these cases ask for. Left out are limits and performance (9) and compression (12, 13),
which the listener does not offer.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from assist.torture.outcome import Outcome, Scale, skipped
from assist.torture.victim import Nursery, lifted

__all__ = ["GOAL", "autobahn"]

GOAL = "247 Autobahn cases run, at most 7.1.5 fails"
_LEFT_OUT = ("9.*", "12.*", "13.*")
_FEW = ("1.*", "3.*", "4.*", "5.1", "6.3.*", "7.*")
_ALLOWED = frozenset(("7.1.5",))
_GOOD = frozenset(("OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED"))
_CASES = 247


async def autobahn(nursery: Nursery, scale: Scale) -> Outcome:
    """Run the cases, or a part of them in the short version."""
    if find_spec("kosoku") is None:
        return skipped("kosoku is not installed here: pip install kosoku")
    kosoku: Any = import_module("kosoku")
    cases = list(_FEW) if scale.short else None
    async with nursery.service(echo=True, **lifted()) as victim:
        try:
            results = await kosoku.run_fuzzingclient(
                victim.ws, cases=cases, exclude_cases=list(_LEFT_OUT), concurrency=4
            )
        except kosoku.FailureError as failed:
            results = failed.results
        crashed = victim.crashed()
    bad = sorted(one.case_id for one in results if not _good(one))
    strict = sum(one.behavior.value == "OK" for one in results)
    broken = ["a traceback"] * crashed
    return Outcome(
        figures=(
            ("cases", len(results)),
            ("of which strictly right", strict),
            ("failed", ", ".join(bad) or "none"),
        ),
        reached=not broken and set(bad) <= _ALLOWED and (scale.short or len(results) >= _CASES),
        broken=tuple(broken),
    )


def _good(result: Any) -> bool:
    closings = _GOOD | {"UNCLEAN"} if result.behavior.value == "INFORMATIONAL" else _GOOD
    return result.behavior.value in _GOOD and result.behavior_close.value in closings
