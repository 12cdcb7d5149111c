"""What stops a release: a hidden figure that a reader could work out."""

from collections.abc import Sequence


class DisclosureRiskError(Exception):
    """A reader could narrow a hidden figure too far. Names where, never the value; nothing was published."""

    def __init__(self, places: Sequence[str]) -> None:
        listed = "; ".join(places[:10]) + (f"; and {len(places) - 10} more" if len(places) > 10 else "")
        super().__init__(
            f"The release was stopped: with everything published so far, a reader could work out {listed}. "
            "Readers keep what they have. Look at the rules in config: one may ask more protection than earlier "
            "releases gave (give it the earlier threshold again, or count it under a new indicator), or an indicator "
            "whose rule is “none” may tell the same count. If neither, ask the supplier to send all its figures again. "
            "Then run publish-collection."
        )
        self.places = tuple(places)


class TruthLostError(DisclosureRiskError):
    """Hidden figures are known no longer, and the release would say something new about their days."""

    def __init__(self, indicators: Sequence[str], lost: Sequence[str]) -> None:
        Exception.__init__(
            self,
            f"The release was stopped: it adds to earlier figures of {', '.join(indicators)} that cannot be read "
            f"back, so nobody can prove that what was hidden stays so. {' '.join(lost)} Then run publish-collection.",
        )
        self.places = tuple(indicators)
