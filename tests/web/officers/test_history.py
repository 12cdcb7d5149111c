"""Earlier quarters in a partner's own export become history by one press, so that a first quarter has charts."""

from datetime import date

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.arrivals import keep_file
from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.facts import FiguresBackfilled, RequestMade, ReturnKind, ReturnReceived, Verdict, VerdictGiven
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.periods import Period
from tests.web.conftest import Office, form_on
from tests.web.officers.conftest import LOU, OfficerAtWork

EXPORT = Export.model_validate(
    {
        "code": "fires",
        "title": "Fires by month",
        "partner": "fire",
        "figures": [
            {
                "indicator": "deliberate-fires",
                "area": {"always": "E09000099"},
                "when": {"month_column": "Month", "month_written": "any"},
                "value_column": "Count",
            }
        ],
    }
)
HALF_A_YEAR = b"Month,Count\nOct-24,?\nNov-24,2\nDec-24,3\nJan-25,1\nFeb-25,2\nMar-25,3\nApr-25,4\nMay-25,5\nJun-25,6\n"
PAGE = "/officers/returns/R-1/history"


class CheckedAs:
    """What a check makes of such a file: it holds more than was asked for."""

    findings = (Finding("export-other-periods", Severity.INFORMATION, "It holds more.", "It holds more."),)
    partner_return = PartnerReturn("fire", "somewhere.2025-26-q1", None, (), "fires")


def sent(office: Office, verdict: Verdict = Verdict.ACCEPTED) -> None:
    """The fire service sent three quarters where one was asked for."""
    installation = office.installation
    installation.exports["fires"] = EXPORT
    request = office.kept(RequestMade)[0]
    at = request.at
    kept = keep_file(installation.stores.raw, request, HALF_A_YEAR, "fires.csv", "fire/contact", at)
    who = {"at": at, "by": "quarterday", "partnership": kept.partnership, "request": kept.request}
    findings, rows = keep_checked(installation.stores, "R-1", CheckedAs(), at)
    received = ReturnReceived(
        partner_return="R-1", kind=ReturnKind.FIGURES, upload=kept.upload, sha256=kept.sha256,
        stored_as=kept.stored_as, suffix=kept.suffix, **who,
    )  # fmt: skip
    given = VerdictGiven(
        partner_return="R-1", verdict=verdict, critical=0, warnings=0, notes=1, findings_stored_as=findings,
        rows_stored_as=rows, **who,
    )  # fmt: skip
    installation.register.append(kept, received, given)


def test_earlier_quarters_come_in_by_one_press(office: Office, jo: OfficerAtWork) -> None:
    """January to March is whole and comes in, once; October to December holds a sign and does not."""
    sent(office)
    jo.open("/officers/returns/R-1")
    assert PAGE in jo.links
    assert jo.open(PAGE)
    assert jo.page is not None
    assert "January to March 2025 1" in jo.text and "October to December 2024 0" in jo.text
    hidden = form_on(jo.page.text, "/history")[1]
    jo.send("/history")
    jo.client.post(PAGE, data=hidden)

    (fact,) = office.kept(FiguresBackfilled)
    installation = office.installation
    asked = Period(date(2025, 4, 1), date(2025, 6, 30))
    figures = earlier_figures(installation, installation.framework, installation.facts(), asked, "fire")
    assert ("jo", 1) == (fact.by, fact.rows)
    assert [6.0] == [each.value for each in figures]
    assert "They were brought in on" in jo.text


def test_who_only_looks_brings_nothing_in(office: Office) -> None:
    """The page shows the quarters and says who may; the press is refused."""
    sent(office)
    lou = OfficerAtWork(office, LOU).sign_in()
    lou.open(PAGE)
    csrf = lou.open("/officers").text.partition('name="csrf" value="')[2].partition('"')[0]

    assert "Earlier quarters in this file" in OfficerAtWork(office, LOU).sign_in().open(PAGE).text
    assert 403 == lou.client.post(PAGE, data={"csrf": csrf}).status_code
    assert [] == list(office.kept(FiguresBackfilled))


def test_nothing_of_a_file_that_is_set_apart_is_shown(office: Office, jo: OfficerAtWork) -> None:
    """Nor is there a way to its earlier quarters."""
    sent(office, Verdict.QUARANTINED)

    assert 404 == jo.open(PAGE).status_code
    assert PAGE not in jo.open("/officers/returns/R-1").text
