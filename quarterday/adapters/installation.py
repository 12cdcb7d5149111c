"""One partnership's installation: its settings, framework, register, stores and mail, opened together."""

from dataclasses import dataclass
from datetime import date, datetime

from quarterday.adapters import clock
from quarterday.adapters.config_files import ConfigurationProblems, load_or_last
from quarterday.adapters.mail.transport import Transport, open_transport
from quarterday.adapters.register import Register, existing_register
from quarterday.adapters.register.register import refuse_anothers, said_of_anothers
from quarterday.adapters.settings import Settings, get_settings
from quarterday.adapters.store import Stores, open_stores
from quarterday.domain.collection.binding import bind_what_began
from quarterday.domain.facts import Facts
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework


@dataclass(frozen=True)
class Installation:
    """What flows, portal and commands work with."""

    settings: Settings
    framework: Framework
    exports: dict[str, Export]
    register: Register
    stores: Stores
    transport: Transport
    instead_of: ConfigurationProblems | None = None  # why `config/` did not load: then this is the last that did

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return clock.now(self.settings)

    def today(self) -> date:
        """Today in London."""
        return clock.today(self.settings)

    def facts(self) -> Facts:
        """The partnership's facts as they stand now; what is over costs nothing until somebody asks for it."""
        return self.register.facts(self.framework.partnership.code)


def open_installation(settings: Settings | None = None, *, going_on: bool = False) -> Installation:
    """Open everything, with the last configuration that loaded where `config/` does not load.

    What keeps a quarter going (`going_on`) takes the last one too where `config/` has become another partnership's:
    a code that was changed by mistake would stop every email, the one that tells of it included.

    Raises `ConfigurationProblems` with all that is wrong in `config/` where none ever loaded, and
    `RegisterNotReadyError` where there is no register, none at this version, or another partnership's.
    """
    asked = settings or get_settings()
    register = existing_register(asked)  # before anything is kept in a home that has none

    def anothers(code: str) -> str:
        if not going_on:
            refuse_anothers(asked, register, code)
        return said_of_anothers(asked, register, code)

    loaded = load_or_last(asked.config, asked.home, anothers)
    settings = asked.model_copy(update={"config": loaded.folder})  # the emails' templates lie there too
    installation = Installation(
        settings=settings,
        framework=loaded.framework,
        exports=loaded.exports,
        register=register,
        stores=open_stores(settings),
        transport=open_transport(settings),
        instead_of=loaded.instead_of,
    )
    _bind_what_began(installation)
    return installation


def _bind_what_began(installation: Installation) -> None:
    """Bind collections that an earlier quarterday opened and did not bind: once, by whatever runs first after it."""
    if installation.register.unbound(installation.framework.partnership.code):
        began = bind_what_began(installation.framework, installation.facts(), installation.now())
        installation.register.append_new(*began)
