"""A look at the helpdesks that a service is to let deliver: what `assist doctor` tells of them.

The law: the same that `assist serve` asks before it opens, one helpdesk after the other, so that
each fault is told; nothing is opened and nothing is changed.
"""

from collections.abc import Iterator, Mapping

from assist.connectors.hall import Chosen, journal_beside
from assist.connectors.matrix_identity import identity_routes
from assist.connectors.setups import Table, chosen, read_tables, wanted_by
from assist.errors import AssistError
from assist.service.checkup import Health, Sign, open_to_others
from assist.settings import Settings

__all__ = ["connectors_examined"]


def connectors_examined(settings: Settings, environ: Mapping[str, str]) -> Iterator[Sign]:
    """Yield the signs of the helpdesks of a service with these settings; none where it has none."""
    try:
        tables = read_tables(settings.connect_setup)
    except AssistError as error:
        yield _failed(error)
        return
    found = [(name, _one(name, environ, tables)) for name in settings.connect]
    for name, one in found:
        yield _well(name, one) if isinstance(one, Chosen) else _failed(one)
    if found and all(isinstance(one, Chosen) for _, one in found):
        yield from _together(settings, environ)
    yield from _unused(tables, found)
    journal = journal_beside(settings.store)
    if journal is not None:
        yield from open_to_others(journal)


def _one(
    name: str, environ: Mapping[str, str], tables: Mapping[str, Table]
) -> Chosen | AssistError:
    try:
        return chosen(name, environ, tables)
    except AssistError as error:
        return error


def _together(settings: Settings, environ: Mapping[str, str]) -> Iterator[Sign]:
    """Yield what is wrong with all of them together."""
    try:
        identity_routes(wanted_by(settings, environ), settings)
    except AssistError as error:
        yield _failed(error)


def _unused(
    tables: Mapping[str, Table], found: list[tuple[str, Chosen | AssistError]]
) -> Iterator[Sign]:
    known = {one.platform.name for _, one in found if isinstance(one, Chosen)}
    known |= {name for name, _ in found}
    for name in sorted(tables.keys() - known):
        yield Sign(
            name="connect",
            health=Health.WARN,
            told=f"the table [{name}] is for no helpdesk that is connected",
            cure=f"add it to `connect`, correct its name, or take the table out: [{name}]",
        )


def _well(name: str, one: Chosen) -> Sign:
    if one.guard.secret is None:
        return Sign(
            name="connect",
            health=Health.WARN,
            told=f"{name}: anybody who reaches /in/{one.platform.name} may deliver (proof: none)",
            cure="let a proxy check who delivers, or give it a secret",
        )
    return Sign(
        name="connect",
        health=Health.OK,
        told=f"{name} may deliver at /in/{one.platform.name}; proof: {one.guard.verifier.scheme}",
    )


def _failed(error: AssistError) -> Sign:
    return Sign(
        name="connect",
        health=Health.FAIL,
        told=str(error),
        cure="mend it there; `assist serve` would not start",
    )
