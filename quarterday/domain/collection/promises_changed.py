"""What officers changed of what a partner was promised once its request had gone out: its date, what is asked, all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.promised import as_let_off, promised_by
from quarterday.domain.facts import CollectionBound, Facts, RequestMade


@dataclass(frozen=True)
class PromiseChanged:
    """One decision as far as it concerns one partner."""

    decided: CollectionBound
    due: date | None = None  # the new date, where it moved
    let_off: tuple[str, ...] = ()  # codes of indicators that are asked no more
    activities_let_off: tuple[str, ...] = ()  # and of activities
    called_off: bool = False

    @property
    def concerns(self) -> bool:
        """Whether it changes anything for this partner."""
        return bool(self.due or self.let_off or self.activities_let_off or self.called_off)


def promises_changed(facts: Facts, made: RequestMade) -> Iterator[PromiseChanged]:
    """Each decision since a request was made that changes something for its partner, oldest first."""
    before: CollectionBound | None = None
    due = made.due
    for bound in sorted(facts.about(made.collection, CollectionBound), key=lambda each: each.number):
        now_due = promised_by(bound, made) if bound.number else due
        gone = set(bound.let_off) - set(before.let_off if before else ())
        changed = PromiseChanged(
            bound,
            now_due if now_due != due else None,
            tuple(code for code in made.asked if f"{made.partner}/{code}" in gone),
            tuple(code for code in made.activities if as_let_off(made.partner, code) in gone),
            bound.called_off and not (before and before.called_off),
        )
        before, due = bound, now_due
        if bound.at > made.at and changed.concerns:
            yield changed
