"""A provider that answers as Entra ID does: an issuer by tenant, keys without an algorithm, no `email_verified`."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.testclient import TestClient

from quarterday.domain.facts import SignedIn
from quarterday.web.officers.openid import BACK
from quarterday.web.serving.app import create_app
from tests.web.conftest import Checks, Office
from tests.web.officers.conftest import JO, SAM, OfficerAtWork, an_office_of
from tests.web.officers.test_openid_strict import SECRET, US, StrictProvider, asked_of
from tests.web.test_browser import serving

TENANT = "7b0ed4bf-12d4-4a6f-9d9e-0d0b1c1c4d55"
OBJECT = "00000000-0000-0000-66f3-3332eca7ea81"  # what Entra ID calls an account in every application
ACCOUNT = {
    "ver": "2.0",
    "tid": TENANT,
    "oid": OBJECT,
    "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",  # another in each application
    "name": "Jo Officer (Community Safety)",
    "preferred_username": JO.email,
    "uti": "fqiBqXLPj0eQa82S-IYFAA",
    "rh": "0.AXoA",
}


class LikeEntra(StrictProvider):
    """Its paths lie below the tenant's; each of its keys has an issuer and a certificate, and no algorithm."""

    def app(self) -> Starlette:
        """What it serves, for the tenant and for whoever is `common`."""
        below = super().app().routes
        return Starlette(routes=[Mount(f"/{TENANT}/v2.0", routes=below), Mount("/common/v2.0", routes=below)])

    async def _keys(self, _request: Request) -> Response:
        key = self.key.as_dict(private=False)
        key.pop("alg")
        return JSONResponse({"keys": [{**key, "use": "sig", "x5t": key["kid"], "issuer": self.issuer}]})


@pytest.fixture(scope="module")
def provider() -> Iterator[LikeEntra]:
    """The provider, on loopback."""
    entra = LikeEntra()
    with serving(entra.app()) as address:
        entra.issuer = f"{address}/{TENANT}/v2.0"
        yield entra


@pytest.fixture
def office(tmp_path: Path, provider: LikeEntra) -> Office:
    """An office that trusts it."""
    office = an_office_of(tmp_path)
    settings = office.installation.settings
    settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret = provider.issuer, US, SecretStr(SECRET)
    office.client = TestClient(create_app(office.installation, Checks(), dead_seconds=0))
    provider.account = dict(ACCOUNT)
    return office


def account_of_jo(office: Office, account: str) -> None:
    """`config/` says what the provider calls Jo's account."""
    installation = office.installation
    partnership = installation.framework.partnership
    officers = tuple(
        each.model_copy(update={"account": account}) if each.code == JO.code else each for each in partnership.officers
    )
    changed = partnership.model_copy(update={"officers": officers})
    framework = installation.framework.model_copy(update={"partnership": changed})
    office.installation = replace(installation, framework=framework)
    office.client = TestClient(create_app(office.installation, Checks(), dead_seconds=0))


def came_in(office: Office) -> list[str]:
    """Who is in, once somebody has come back from the provider."""
    somebody = OfficerAtWork(office)
    somebody.open(asked_of(somebody))
    return [each.officer for each in office.kept(SignedIn)]


def test_an_account_without_a_mailbox_is_known_by_its_name_for_signing_in(office: Office) -> None:
    """`preferred_username` alone, as Entra ID sends it where `email` was not asked for; no word of verification."""
    assert ["jo"] == came_in(office)


def test_an_alias_in_the_mailbox_does_not_keep_its_officer_out(office: Office, provider: LikeEntra) -> None:
    """Where `email` is no officer's and the name for signing in is one's."""
    provider.account["email"] = "jo.officer@alias.example"

    assert ["jo"] == came_in(office)


@pytest.mark.parametrize("said", [False, "false", 0, "0"])
def test_an_address_that_nobody_vouches_for_lets_nobody_in(office: Office, provider: LikeEntra, said: Any) -> None:
    """`xms_edov`: whoever rules another tenant may write any address into an account."""
    provider.account |= {"email": JO.email, "xms_edov": said}

    assert [] == came_in(office)


def test_an_account_named_in_config_alone_lets_its_officer_in(office: Office, provider: LikeEntra) -> None:
    """By its object id, whatever the address has become; the address alone, under another account, by nothing."""
    account_of_jo(office, OBJECT)
    provider.account |= {"preferred_username": "jo.married@somewhere.example", "xms_edov": False}
    assert ["jo"] == came_in(office)
    provider.account |= {"preferred_username": JO.email, "xms_edov": True, "oid": "11111111-2222", "sub": "B"}

    assert ["jo"] == came_in(office)  # the one of before: nobody came


def test_an_account_named_for_one_officer_lets_no_other_in(office: Office, provider: LikeEntra) -> None:
    """Even with the other's address: what is named in `config/` goes before it."""
    account_of_jo(office, OBJECT)
    provider.account["preferred_username"] = SAM.email

    assert ["jo"] == came_in(office)


@pytest.mark.parametrize(
    "issuer", ["https://sts.windows.net/{tenant}/", "{address}/common/v2.0", "{address}/other/v2.0"]
)
def test_a_token_of_another_issuer_lets_nobody_in(office: Office, provider: LikeEntra, issuer: str) -> None:
    """As Entra ID writes it in its old tokens, for any tenant, and for another tenant."""
    address = provider.issuer.partition(f"/{TENANT}")[0]
    provider.account["iss"] = issuer.format(tenant=TENANT, address=address)

    assert [] == came_in(office)


def test_common_is_not_an_issuer_and_the_log_says_what_is(
    office: Office, provider: LikeEntra, caplog: pytest.LogCaptureFixture
) -> None:
    """With it every tenant's accounts would come in: the setting wants the tenant's own."""
    office.installation.settings.oidc_issuer = provider.issuer.replace(TENANT, "common")
    jo = OfficerAtWork(office)
    with caplog.at_level(logging.WARNING):
        jo.open("/officers/sign-in/account")

    assert "You could not be signed in with that account" in jo.text
    assert f"calls itself {provider.issuer}: set QUARTERDAY_OIDC_ISSUER to that" in caplog.text


def test_an_answer_that_says_no_is_told_in_the_log(
    office: Office, provider: LikeEntra, caplog: pytest.LogCaptureFixture
) -> None:
    """An account that may not use us, or an administrator who has not agreed: nothing is asked of the provider."""
    jo = OfficerAtWork(office)
    state = parse_qs(urlsplit(asked_of(jo)).query)["state"][0]
    said = {"error": "access_denied", "error_description": "AADSTS50105: not assigned", "state": state}
    with caplog.at_level(logging.WARNING):
        jo.open(f"{BACK}?{urlencode(said)}")

    assert "You could not be signed in with that account" in jo.text
    assert "the provider says 'access_denied'" in caplog.text
    assert () == office.kept(SignedIn)
