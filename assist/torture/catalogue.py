"""Every torture by its name, with its goal.

The law: what is named here is all there is; each takes a nursery and a scale and gives an outcome.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assist.torture import desk
from assist.torture.access import GOAL as ACCESS
from assist.torture.access import access
from assist.torture.autobahn import GOAL as AUTOBAHN
from assist.torture.autobahn import autobahn
from assist.torture.deaf import GOAL as DEAF
from assist.torture.deaf import deaf
from assist.torture.drops import GOAL as DROPS
from assist.torture.drops import drops
from assist.torture.frames import GOAL as FRAMES
from assist.torture.frames import bad_frames
from assist.torture.idle import GOAL as IDLE
from assist.torture.idle import idle
from assist.torture.kills import GOAL as KILLS
from assist.torture.kills import kills
from assist.torture.mutated import GOAL as MUTATED
from assist.torture.mutated import mutated
from assist.torture.outcome import Outcome, Scale
from assist.torture.patterns import GOAL as PATTERNS
from assist.torture.patterns import patterns
from assist.torture.shuffled import GOAL as SHUFFLED
from assist.torture.shuffled import shuffled
from assist.torture.soak import GOAL as SOAK
from assist.torture.soak import soak
from assist.torture.storm import GOAL as STORM
from assist.torture.storm import storm
from assist.torture.traces import GOAL as TRACES
from assist.torture.traces import traces
from assist.torture.victim import Nursery

__all__ = ["TORTURES", "Torture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Torture:
    """Something done to the service, and what it should bear."""

    name: str
    goal: str
    run: Callable[[Nursery, Scale], Awaitable[Outcome]]


TORTURES: dict[str, Torture] = {
    name: Torture(name=name, goal=goal, run=run)
    for name, goal, run in (
        ("autobahn", AUTOBAHN, autobahn),
        ("frames", FRAMES, bad_frames),
        ("mutated", MUTATED, mutated),
        ("kills", KILLS, kills),
        ("shuffled", SHUFFLED, shuffled),
        ("drops", DROPS, drops),
        ("storm", STORM, storm),
        ("deaf", DEAF, deaf),
        ("idle", IDLE, idle),
        ("load", desk.LOAD_GOAL, desk.load),
        ("overload", desk.OVERLOAD_GOAL, desk.overload),
        ("access", ACCESS, access),
        ("patterns", PATTERNS, patterns),
        ("soak", SOAK, soak),
        ("traces", TRACES, traces),
    )
}
