"""What each marker means, for whoever reads the figures."""

from quarterday.domain.figures.returns import Marker

MARKER_WORDS = {
    Marker.NOT_AVAILABLE: "Not available: it did not come; the gaps say why and when to expect it.",
    Marker.CONFIDENTIAL: "Confidential: hidden, as a small count or one beside it could tell of a person. Not nought.",
    Marker.PROVISIONAL: "Provisional: it may be revised.",
    Marker.REVISED: "Revised since the version before.",
    Marker.ESTIMATED: "Estimated by the supplier.",
    Marker.NOT_APPLICABLE: "Not applicable, such as a share of nothing, or the parts of what is no share.",
    Marker.BREAK: "Break in series: the definition changed, so earlier figures counted something else.",
    Marker.LOW_RELIABILITY: "Low reliability: few cases lie behind it.",
}
