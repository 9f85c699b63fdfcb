"""Tokens: signed, of one user, for a time; and how a program gets one."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest

from bureau_cli.platform.admin import Admin

EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
}


def get_me(api, token):
    return api.get("/v1/me", headers={"Authorization": f"Bearer {token}"})


def ask(api, **form):
    return api("POST", "/oauth/token", data=form)


def test_a_token_says_who_the_caller_is_and_until_when(leader, platform):
    me = get_me(leader, platform.token("ola.admin", timedelta(minutes=5))).json()
    assert (me["user"]["login"], me["role"], me["bureau"]["name"]) == (
        "ola.admin",
        "administrator",
        "Nordlønn Regnskapsbyrå AS",
    )
    assert me["token"]["expires_at"] == "2026-03-16T12:05:00+01:00"


def test_a_token_expires(leader, platform, clock):
    token = platform.token("ola.admin", timedelta(minutes=5))
    clock.advance(seconds=299)
    assert get_me(leader, token).status_code == 200
    clock.advance(seconds=1)
    expired = get_me(leader, token)
    assert (expired.status_code, expired.json()["code"]) == (401, "token_expired")


def test_a_token_of_someone_who_has_left_is_worth_nothing_at_once(leader, platform, sql):
    token = platform.token("ola.admin", timedelta(minutes=5))
    sql("UPDATE user SET left_on = '2026-03-15' WHERE login = 'ola.admin'")
    assert get_me(leader, token).json()["code"] == "unauthenticated"
    with pytest.raises(LookupError):
        platform.token("ola.admin", timedelta(minutes=5))


@pytest.mark.parametrize("login", ["nobody", "marte.kirkerud", ""])
def test_there_is_no_token_for_who_is_not_there(platform, login):
    with pytest.raises(LookupError):
        platform.token(login, timedelta(minutes=5))


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Basic a2FyaTprYXJp", "Bearer x.y.z", "Bearer bt1..", "Bearer \xff"]
)
def test_what_is_no_token_of_ours_is_refused(leader, authorization):
    refused = leader.get("/v1/me", headers={"Authorization": authorization.encode("latin-1")})
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")


def test_a_token_that_was_altered_is_refused(leader, platform):
    prefix, payload, signature = platform.token("ola.admin", timedelta(minutes=5)).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    forged = base64.urlsafe_b64encode(json.dumps(claims | {"user": "us_0002"}).encode()).rstrip(b"=").decode()
    for token in (f"{prefix}.{forged}.{signature}", f"{prefix}.{payload}.{'0' * 64}", f"{prefix}.{payload}"):
        assert get_me(leader, token).json()["code"] == "unauthenticated"


def test_another_stores_tokens_are_not_ours(leader, tmp_path, clock):
    other = Admin(tmp_path / "other.db", clock=clock)
    other.seed(clients=3)
    assert get_me(leader, other.token("ola.admin", timedelta(hours=1))).json()["code"] == "unauthenticated"


def test_client_credentials_are_exchanged_for_a_token(api_of, admin):
    api = api_of("")
    client_id, secret = admin.issue_client_credentials("ola.admin")
    granted = ask(api, grant_type="client_credentials", client_id=client_id, client_secret=secret)
    assert granted.headers["cache-control"] == "no-store"
    assert get_me(api, granted.json()["access_token"]).json()["user"]["login"] == "ola.admin"
    for wrong in ({"client_id": client_id, "client_secret": "x"}, {"client_id": "x", "client_secret": secret}):
        refused = ask(api, grant_type="client_credentials", **wrong)
        assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


def test_a_static_token_is_exchanged_for_a_token(api_of, admin, sql):
    api = api_of("")
    static = admin.issue_static_token("ola.admin")
    granted = ask(api, **EXCHANGE, subject_token=static)
    assert get_me(api, granted.json()["access_token"]).status_code == 200
    assert get_me(api, static).status_code == 401
    refused = ask(api, **EXCHANGE | {"subject_token": "x"})
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    sql("UPDATE user SET left_on = '2026-03-15' WHERE login = 'ola.admin'")
    assert ask(api, **EXCHANGE, subject_token=static).json()["code"] == "invalid_grant"


def test_secrets_are_not_in_the_store(admin, path):
    _, secret = admin.issue_client_credentials("ola.admin")
    static = admin.issue_static_token("ola.admin")
    stored = b"".join(file.read_bytes() for file in path.parent.glob("demo.db*"))
    assert secret.encode() not in stored
    assert static.encode() not in stored


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_request"),
        (
            {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b", "scope": "all"},
            "invalid_request",
        ),
    ],
)
def test_a_grant_that_is_none_is_refused_in_the_words_of_oauth(api_of, form, error):
    refused = api_of("")(
        "POST", "/oauth/token", data=form, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert (refused.status_code, refused.json()["error"]) == (400, error)
    assert refused.headers["cache-control"] == "no-store"
