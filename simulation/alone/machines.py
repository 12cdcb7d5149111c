"""Machines at the door: partners' scripts and the mail service. Each call is struck and made again till it is answered.

Whoever is told to come back does so, and whoever was cut off calls again a minute later, as the descriptions say.
"""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from quarterday.adapters.damage import damage
from quarterday.adapters.links import hash_token
from quarterday.adapters.mail.events import SIGNATURE_HEADER, TIMESTAMP_HEADER
from quarterday.adapters.unnamed import sweep_unnamed
from quarterday.domain.collection.binding import period_of
from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    ActivityTold,
    Fact,
    Facts,
    KeyMade,
    MessageReserved,
    MessageSettled,
    RequestMade,
    ReturnReceived,
    RiskReviewed,
)
from quarterday.web.door.keys import key_of
from rehearsal.pages import Pages, pages_of
from simulation.alone.copies import EVERY_FAULT, Copy
from simulation.alone.officers_browser import COME_BACK
from simulation.files import GOOD, Files
from simulation.invariants import Broken
from simulation.world import PAGES

RETURNS, WORDS, REPORTS = "/api/requests/{request}/returns", "/api/requests/{request}/words", "/hooks/sendgrid"
FAULT_OF_OURS = 500
CALLS = 10  # that are made before whoever calls gives up
_OF_A_PERSON = b"Name,Date of birth,NHS number\nPat Forgotten,1 May 1984,943 476 5919\n"


@dataclass
class Machines:
    """What machines bring to a copy of the quarter, and what did not hold."""

    copy: Copy
    files: Files
    broken: list[Broken] = field(default_factory=list)
    pages: Pages = field(init=False)
    _signs: ec.EllipticCurvePrivateKey = field(init=False)

    def __post_init__(self) -> None:
        """Give the mail service a key, and let it and scripts in."""
        world, self._signs = self.copy.world, ec.generate_private_key(ec.SECP256R1())
        public = self._signs.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        settings = {"sendgrid_webhook_key": b64encode(public).decode()}
        world.office = replace(world.office, settings=world.office.settings.model_copy(update=settings))
        self.pages = pages_of(world.office, world.checker)

    def every(self) -> None:
        """Make each call that there is."""
        self.copy.strikes.by = EVERY_FAULT
        made, *_ = (each for each in self._facts.of(RequestMade) if not self._facts.about(each.request, ReturnReceived))
        self._send(made)
        self._send_persons(made)
        self._tell()
        self._report()
        self._holds("every file that is named is whole", not list(damage(self.copy.world.office.stores, self._facts)))

    def _send(self, made: RequestMade) -> None:
        """A script sends its figures."""
        data = self.files.made(made, period_of(self.files.framework, self._facts, made.collection), GOOD)
        script, address = self._script(made.partner), RETURNS.format(request=made.request)
        call = lambda: self._call(script, address, files={"file": ("figures.xlsx", data)})  # noqa: E731
        answer = self._answered(RETURNS, call)
        (*_, kept) = returns = self._facts.about(made.request, ReturnReceived)
        self._holds("what a script sends is one return", len(returns) == 1)
        receipts = {each.json().get("reference") for each in (answer, call())}
        self._holds("whoever calls again has the same receipt", receipts == {kept.partner_return})
        stored = self.copy.world.office.stores.raw.get(kept.stored_as, kept.sha256)
        self._holds("a receipt's file is the one that was sent", stored == data)

    def _send_persons(self, made: RequestMade) -> None:
        """A script sends a file that tells of a person: no copy of it is kept, whenever somebody died over it."""
        office, script = self.copy.world.office, self._script(made.partner)
        sent = {"file": ("figures.csv", _OF_A_PERSON)}
        answer = self._answered(
            RETURNS, lambda: self._call(script, RETURNS.format(request=made.request), files=sent), "of a person"
        )
        self._holds("a file that tells of a person is not sent", answer.status_code == 422)
        sweep_unnamed(self.copy.world.register, office.stores, timedelta(0))
        left = [each for each in office.stores.raw.names("uploads/") if office.stores.raw.get(each) == _OF_A_PERSON]
        self._holds("a file that tells of a person is not kept", not left)

    def _tell(self) -> None:
        """A script tells of an activity, a risk and an action in one call."""
        made, body = self._words()
        script, address = self._script(made.partner), WORDS.format(request=made.request)
        call = lambda: self._call(script, address, json=body)  # noqa: E731
        self._answered(WORDS, call)
        told = Counter(type(each) for each in self._facts if each.by == f"{made.partner}/script")
        wanted = {kind: told[kind] for kind in (ActivityTold, RiskReviewed, ActionTold)}
        self._holds("what a script tells is told once", set(wanted.values()) == {1} and call().json()["recorded"] == 0)

    def _words(self) -> tuple[RequestMade, dict[str, list[dict[str, str]]]]:
        """All that may be told for a request whose partner leads an activity and owns a risk and an action."""
        world, framework = self.copy.world, self.files.framework
        led = {each.lead for each in framework.activities} & {each.owner for each in framework.risks}
        made = next(each for each in self._facts.of(RequestMade) if each.partner in led)
        self._record(
            ActionSet(
                action="D-SCRIPT",
                board=next(iter(framework.board)),
                meeting=world.clock.today(),
                ask="",
                what="Write down how the figures are counted.",
                owner=made.partner,
                due=world.clock.today() + timedelta(days=60),
                **self._who,
            )
        )
        later = (world.clock.today() + timedelta(days=90)).isoformat()
        activity = next(each.code for each in framework.activities if each.lead == made.partner)
        risk = next(each.code for each in framework.risks if each.owner == made.partner)
        return made, {
            "activities": [{"activity": activity, "state": "cannot say", "in_the_way": "Nobody met."}],
            "risks": [
                {"risk": risk, "likelihood": "likely", "impact": "major", "trend": "rising", "next_review": later}
            ],
            "actions": [{"action": "D-SCRIPT", "state": "done", "said": "It is written down."}],
        }

    def _report(self) -> None:
        """The mail service reports what became of two emails, in one call that is signed."""
        emails = self._facts.of(MessageReserved)[:2]
        events = [
            {"event": kind, "outbox_id": each.outbox_id, "sg_event_id": f"e-{kind}", "status": "5.1.1"}
            for each, kind in zip(emails, ("delivered", "bounce"), strict=True)
        ]
        call = lambda: self._signed(json.dumps(events).encode())  # noqa: E731
        answers = self._answered(REPORTS, call), call()
        self._holds("what is reported is taken", {each.status_code for each in answers} == {200})
        told = sorted(each.event for each in self._facts.of(MessageSettled) if each.event)
        self._holds("an event is on record once", told == ["e-bounce", "e-delivered"])
        unsigned = self._call(self._client(), REPORTS, content=b"[]")
        self._holds("what is not signed is refused", unsigned.status_code == 403)

    def _signed(self, body: bytes) -> httpx.Response:
        moment = str(int(self.copy.world.clock.now().timestamp()))
        signature = b64encode(self._signs.sign(moment.encode() + body, ec.ECDSA(SHA256()))).decode()
        headers = {SIGNATURE_HEADER: signature, TIMESTAMP_HEADER: moment}
        return self._call(self._client(), REPORTS, content=body, headers=headers)

    def _answered(self, page: str, call: Callable[[], httpx.Response], of: str = "") -> httpx.Response:
        """The answer to a call that is made again until nobody dies over it."""
        answers: list[httpx.Response] = []
        self.copy.struck(f"page: {page}{f', {of}' if of else ''}", lambda: answers.append(call()))
        return answers[-1]

    def _call(self, client: httpx.Client, address: str, **what: Any) -> httpx.Response:
        """Make a call a minute after the last, and again for as long as it is told to come back."""
        for _ in range(CALLS):
            self.copy.world.clock.wait(60)
            answer = client.post(address, **what)
            if answer.status_code != COME_BACK:
                break
        # pyrefly: ignore[unbound-name]  # CALLS is more than none
        self._holds(f"{address} is answered without a fault of ours", answer.status_code < FAULT_OF_OURS)
        return answer

    def _script(self, partner: str) -> httpx.Client:
        """A partner's script, with a key on record."""
        key = key_of(f"the-simulation-s-own-of-{partner}")
        made = KeyMade(partner=partner, key_hash=hash_token(key), **self._who)
        if made.key not in {each.key for each in self._facts.of(KeyMade)}:
            self._record(made)
        return self._client(authorization=f"Bearer {key}")

    def _client(self, **headers: str) -> httpx.Client:
        return httpx.Client(transport=self.pages, base_url=PAGES, headers=headers, verify=False)  # noqa: S501 - no network

    def _record(self, *facts: Fact) -> None:
        self.copy.world.register.append(*facts)

    @property
    def _who(self) -> dict[str, Any]:
        house = self.files.framework.partnership
        return {
            "at": self.copy.world.clock.now(),
            "by": house.officers[0].code,
            "reason": "They asked.",
            "partnership": house.code,
        }

    @property
    def _facts(self) -> Facts:
        """As the database gives them."""
        return self.copy.world.register.as_written(self.files.framework.partnership.code)

    def _holds(self, what: str, holds: bool) -> None:
        if not holds:
            self.broken.append(Broken(what, "machines"))
