"""Probe."""
import json
import time
from base64 import b64encode, urlsafe_b64encode

import pytest

from services.identity.tests.api.browser import ADA, invited, settled


def b(x):
    return urlsafe_b64encode(x if isinstance(x, bytes) else json.dumps(x).encode()).decode().rstrip("=")

async def test_token_fuzz(api, keys, issuer):
    kid = issuer.pair.kid
    heads = [b([]), b("x"), b(1), b(None), b({"alg": []}), b({"alg": {}, "kid": kid}), b({"alg": "Ed25519", "kid": []}), b({"alg":"Ed25519","kid":kid,"crit":["b64"],"b64":False}),
      b({"alg":"Ed25519","kid":kid,"crit":"x"}), b({"alg":"Ed25519","kid":kid,"crit":[1]}), b({"alg":"Ed25519","kid":kid,"typ":7}), b({"alg":"Ed25519","kid":kid,"zip":"DEF"}), b(b"\xff\xfe"), b(b"{"+b'"a":['*2000), "", "a", "é", b({"alg":"Ed25519","kid":"\ud800"}), b({"alg":"Ed25519","jwk":{"kty":"OKP"},"kid":kid}),b({"alg":"Ed25519","enc":"A128GCM","kid":kid}),b(b'{"alg":"Ed25519","kid":1e999}'), b(b'[' * 3000)]
    pays = [b({"sub": "x"}), b([]), "", b(b"\xff"), b(b'[' * 3000)]
    bad = []
    for h in heads:
        for p in pays:
            for s in ("", "AA", "é", "a.b", "a.b.c"):
                t = f"{h}.{p}.{s}"
                for path in ("/v1/me", "/userinfo"):
                    try:
                        r = await api.client.get(path, headers={"Authorization": ("Bearer " + t).encode("utf-8")})
                        if r.status_code != 401: bad.append((path, h[:40], p[:10], s, r.status_code))
                    except Exception as e:
                        bad.append((path, h[:40], p[:10], s, repr(e)[:100]))
                try:
                    r = await api.client.get("/logout", params={"id_token_hint": t})
                    if r.status_code >= 500: bad.append(("/logout", h[:40], p[:10], s, r.status_code))
                except Exception as e:
                    bad.append(("/logout", h[:40], p[:10], s, repr(e)[:100]))
    print(len(bad), bad[:20])
    assert not bad

async def test_signed_oddities(api, keys, issuer):
    from joserfc import jwt
    now = int(time.time())
    base = {"iss": "firstshift-local", "aud": "firstshift", "sub": "per_x", "roles": ["lead"], "iat": now, "exp": now + 300}
    bad = []
    for ch in ({"exp": "x"}, {"exp": True}, {"exp": 1e300}, {"iat": "x"}, {"iat": 1e300}, {"nbf": "x"}, {"sub": ["x"]}, {"sub": 1}, {"sub": ""}, {"roles": "lead"}, {"roles": {"a": 1}}, {"aud": ["firstshift", "x"]}, {"aud": {"firstshift": 1}}, {"iss": ["firstshift-local"]}, {"grants": 1}, {"grants": [{"id": "a", "role": "lead", "until": 1e308}]}, {"act": "x"}, {"act": {"sub": "per_y"}}, {"auth_time": -1e18}, {"sub": "a\0b"}, {"act": {"sub": "a\0b"}}, {"grants":[{"id":"a\0b","role":"housing_specialist","until":now+99}]}, {"sub":"\ud800"}, {"clinician_id":"a\0"}):
        t = jwt.encode({"alg": "Ed25519", "kid": issuer.pair.kid, "typ": "at+jwt"}, {**base, **ch}, issuer.pair, algorithms=["Ed25519"])
        for path in ("/v1/me", "/v1/people"):
            try:
                r = await api.client.get(path, headers={"Authorization": f"Bearer {t}"})
                print(ch, path, r.status_code)
                if r.status_code >= 500: bad.append((ch, path, r.status_code))
            except Exception as e:
                bad.append((ch, path, repr(e)[:100]))
    assert not bad, bad

async def test_forms(api, browser):
    await settled(api)
    await browser.ask()
    H = {"Content-Type": "application/x-www-form-urlencoded", "Origin": browser.issuer}
    bodies = [b"", b"\xff\xfe", b"%00=%00", b"step=password&email=%00&password=%00", b"step=code&code=%00", b"a=1&" * 100, b"step=password&email=%ED%A0%80&password=%ED%A0%80", b"step=" + b"a" * 100000, b"step=code&code=" + b"9" * 5000, b"step=code&code=%F0%9D%9F%98", b"step=password&email=a%0d%0aSet-Cookie:x&password=x", b"step=password&step=code", b"code=a&code=b", b"grant_type=authorization_code&code=%00", b"grant_type=refresh_token&refresh_token=" + b"a"*9000, b"grant_type=client_credentials&client_id=%ff&client_secret=%ff&scope=%ff", "grant_type=client_credentials&client_id=é".encode("latin1"), b"grant_type=urn:firstshift:grant-type:link&link=%ff", b"step=outside", b"code=\xed\xa0\x80&password=x", b"step=password&email=&password="]
    bad = []
    for path in (browser.action, "/authorize", "/token", "/invitation", "/logout", "/userinfo"):
        for body in bodies:
            for extra in ({}, {"Content-Type": "multipart/form-data; boundary=x"}, {"Content-Type": "application/json"}, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"}, {"Content-Length": "5"}, {"Authorization": "Basic " + b64encode(b"%00:%ff").decode()}, {"Authorization": "Basic \xff"}, {"Authorization": "Basic " + b64encode(b"\xff:\xff").decode()}, {"Cookie": "firstshift_pending=%00; firstshift_session=\x01\xff; firstshift_device=\"a"}):
                try:
                    r = await api.client.post(path, content=body, headers=[(k.encode(), v.encode("latin1")) for k, v in {**H, **extra}.items()])
                    if r.status_code >= 500: bad.append((path[:20], body[:40], extra, r.status_code, r.text[:100]))
                except Exception as e:
                    bad.append((path[:20], body[:40], extra, repr(e)[:120]))
    print(len(bad)); [print(x) for x in bad[:30]]
    assert not bad

async def test_queries(api, browser):
    bad = []
    for path in ("/authorize", "/logout", "/signed-in-outside", "/invitation"):
        for q in ("%00", "a=%00", "code=%00&state=%00", "state=%ff", "client_id=portal&client_id=x", "code=%00", "state=x&state=y", "redirect_uri=%0d%0a", "id_token_hint=%00", "login_hint=%ED%A0%80", "=", "&&&", "code=" + "a" * 5000, "login_hint=" + "%C3%A9" * 300, "post_logout_redirect_uri=" + "http://127.0.0.1:8400/%0d%0aX:y"):
            r = await api.client.get(path + "?" + q)
            print(path, q[:30], r.status_code, r.headers.get("location"))
            if r.status_code >= 500: bad.append((path, q[:30], r.status_code))
    from urllib.parse import urlencode

    from services.identity.tests.api.browser import REQUEST
    base = urlencode(REQUEST)
    for ch in ("max_age=0000", "max_age=-1", "max_age=%D9%A1", "max_age=1_0", "prompt=none login", "state=%0d%0aSet-Cookie:%20a=b", "state=%ff", "scope=openid%00", "nonce="+"a"*1025):
        name = ch.split("=")[0]
        q = urlencode({k: v for k, v in REQUEST.items() if k != name}) + "&" + ch
        r = await api.client.get("/authorize?" + q)
        print(ch[:30], r.status_code, r.headers.get("location"))
        if r.status_code >= 500: bad.append((ch, r.status_code))
    for uri in ("http://127.0.0.1:8400/signed-in#x", "HTTP://127.0.0.1:8400/signed-in", "http://127.0.0.1:8400/signed-in%2f", "http://127.0.0.1:8400/signed%2din", "http://127.0.0.1:8401/signed-in", "http://localhost:8400/signed-in", "http://127.0.0.1:8400/signed-in/../x", "http://a@127.0.0.1:8400/signed-in", "http://127.0.0.1:8400/signed-in\n", " http://127.0.0.1:8400/signed-in", "//127.0.0.1:8400/signed-in"):
        r = await browser.ask(redirect_uri=uri)
        assert (r.status_code, "location" in r.headers) == (400, False), uri
    assert not bad

async def test_json(api, keys):
    bad = []
    for path in ("/v1/invitations:accept", "/v1/bootstrap"):
        for raw in (b'{"code":"\\ud800","password":"\\ud800"}', b'{"code":"\\ud800","email":"a@b.cc","name":"x","password":"\\ud800aaaaaaaaaaaaaa"}', b'[' * 10000, b'{"code":1e999}', b'{"code":"a","code":"b","password":"x"}', b'\xff', b'null'):
            r = await api.client.post(path, content=raw, headers={"Content-Type": "application/json"})
            print(path, raw[:30], r.status_code)
            if r.status_code >= 500: bad.append((path, raw, r.status_code))
    for p in ("/v1/people/%00", "/v1/people?search=%00", "/v1/people?search=%ED%A0%80", "/v1/links?clinician_id=%00", "/v1/grants?person_id=%00", "/v1/erasures/%00", "/v1/api-clients/%00"):
        r = await api.get(p, role="lead" if "client" not in p else "auditor"); print(p, r.status_code)
        if r.status_code >= 500: bad.append((p, r.status_code))
    assert not bad

@pytest.mark.parametrize("email", ["ADA.LINDEN@AGENCY.EXAMPLE", "Ada.Lınden@agency.example", "ada.linden@agency.example\u200b", "\uff41da.linden@agency.example", "ada.linden@agency.example.", "ada.l\u0131nden@agency.example", "A\u0301da.linden@agency.example", "ada.\u212Ainden@agency.example"])
async def test_two_accounts(api, keys, email):
    await invited(api)
    r = await api.post("/v1/people", {**ADA, "email": email}, role="administrator")
    print(repr(email), r.status_code)
async def test_kelvin(api, keys):
    await invited(api, email="karl@agency.example")
    r = await api.post("/v1/people", {**ADA, "email": "\u212Aarl@agency.example"}, role="administrator")
    print("kelvin", r.status_code)
    await invited(api, email="\u00e9va@agency.example")
    r = await api.post("/v1/people", {**ADA, "email": "e\u0301va@agency.example"}, role="administrator")
    print("nfd", r.status_code)
    await invited(api, email="strasse@agency.example")
    r = await api.post("/v1/people", {**ADA, "email": "stra\u00dfe@agency.example"}, role="administrator")
    print("sz", r.status_code)
