"""A flow process without a Prefect server: `python -m tests.several.worker NAME`, until `stop` lies in the home.

It does what the flows do, by their own plain functions, over and over: settle, decide, perform, judge what came.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from flows.performing.acting import FactsOfARun, in_turn, perform_share
from flows.performing.process import checker, this_installation
from flows.performing.shares import shares
from flows.receive_return import check_return, verdict_fact
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.register.changes import Changes
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import RequestMade


def one_round(office: Installation) -> Counter[str]:
    """What one run of every flow does; a release apart, which has tests of its own."""
    did: Counter[str] = Counter(f"settled {outcome}" for _, outcome in settle_unfinished(office))
    due = what_is_due(office.framework, office.facts(), office.today())
    wanted = [action for action in due if not isinstance(action, Publish)]
    for share in shares(in_turn(wanted), office.transport.at_once):
        did.update(happened for _, happened in perform_share(office, share, FactsOfARun(office)))
    for received in unjudged(office.facts()):
        facts = office.facts()
        request = facts.about(received.request, RequestMade)[0]
        given = verdict_fact(office, facts, request, received, check_return(office, facts, request, received))
        did["judged" if office.register.append_new(given) else "judged already"] += 1
    return did


def main(name: str) -> None:
    """Say that it is ready, wait for `go`, and work until told to stop."""
    office = this_installation()
    home: Path = office.settings.home
    checker().start()
    (home / f"{name}.ready").touch()
    while not (home / "go").exists():
        time.sleep(0.005)
    changes, known = Changes(office.register.engine), None
    while not (home / "stop").exists():
        now = (changes.mark(), (home / "clock").read_text())
        if now != known and (did := one_round(office)):
            print(name, dict(did), flush=True)
            continue
        known = now
        (home / f"{name}.idle").write_text(now[1])
        time.sleep(0.05)
    checker().close()


if __name__ == "__main__":
    main(sys.argv[1])
