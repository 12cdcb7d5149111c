"""What a transport says of one attempt to send."""

from dataclasses import dataclass

from quarterday.domain.facts import Outcome


@dataclass(frozen=True)
class Sent:
    """What became of an attempt. `detail` is for officers and the register: no address, no link, no words of the mail.

    `already` says that the email stood there from an earlier attempt, so that this one's link was never mailed.
    `again` says that it certainly did not go and may be tried again; `reached`, whether it came to a server at all.
    """

    outcome: Outcome
    detail: str = ""
    already: bool = False
    again: bool = False
    reached: bool = True
