//! Every way we know in which a launch token can be bad, each with what it is refused as.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod making;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::LaunchRefused;
use super::claims::Fault;
use crate::jose::{self, JoseError, Layer};
use crate::keys::Purpose;
use making::{
    KEYS, NOW, claim, claims, encoded, encrypted, launch, patched, signed, token, turned, with, without,
};

#[test]
fn a_good_token_launches_with_normalised_claims_in_their_order() {
    let launch = launch(&token(&claims())).unwrap();
    let names: Vec<&str> = launch.claims().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "jti",
            "tx_id",
            "case_id",
            "collection_exercise_sid",
            "version",
            "schema_name",
            "response_id",
            "account_service_url",
            "language_code",
            "response_expires_at",
            "channel",
            "region_code",
            "roles",
            "survey_metadata"
        ]
    );
    assert_eq!(launch.text("tx_id"), Some("8d41e084-fef2-42d8-85e4-a13a68415a56"));
    assert_eq!(launch.source(), &super::Source::Name("test_checkbox".to_owned()));
    assert_eq!(launch.receipting(), [("qid".to_owned(), json!("12"))]);
    assert_eq!(launch.remember_until().as_second(), NOW + 3660);
    assert!(launch.has_role("dumper") && !launch.has_role("flusher"));
    assert_eq!(format!("{launch:?}"), "Launch(…)");
}

#[test]
fn times_may_be_fractions_and_differ_by_two_minutes() {
    for changes in [
        json!({"iat": NOW as f64 + 119.5}),
        json!({"iat": NOW - 100_000}),
        json!({"nbf": NOW + 120}),
        json!({"exp": NOW as f64 + 0.5}),
        json!({"survey_metadata": {"receipting_keys": []}}),
        json!({"response_id": ""}),
    ] {
        launch(&token(&with(changes.clone()))).unwrap_or_else(|refused| panic!("{changes}: {refused}"));
    }
}

#[test]
fn every_bad_token_is_refused_as_what_it_is() {
    use JoseError as J;
    use LaunchRefused as L;
    use Layer::{Encryption, Signature};

    let good = token(&claims());
    let jws = signed();
    let outer = |header: Value| patched(&good, 0, |_| encoded(&header));
    let inner = |header: Value| encrypted(&patched(&jws, 0, |_| encoded(&header)));
    let (to, from) = ("dev-runner", "dev-launcher");
    let submission = KEYS.keys.first_private(Purpose::Submission).unwrap();
    let receiver = KEYS.launcher.first_public(Purpose::Authentication).unwrap();
    let payload = claims().to_string();
    let empty_survey = |value: Value| with(json!({"survey_metadata": value}));

    let table: Vec<(&str, String, LaunchRefused)> = vec![
        // The outer layer, before anything dear.
        ("empty", String::new(), L::Missing),
        ("a word", "invalid".into(), L::Token(J::Parts(Encryption))),
        ("dots alone", "....".into(), L::Token(J::Header(Encryption))),
        ("four parts", good.rsplit_once('.').unwrap().0.into(), L::Token(J::Parts(Encryption))),
        ("six parts", format!("{good}.AA"), L::Token(J::Parts(Encryption))),
        ("signed only", jws.clone(), L::Token(J::Parts(Encryption))),
        ("too long", format!("{good}{}", "A".repeat(jose::MAX_LENGTH)), L::Token(J::TooLong)),
        ("padded header", patched(&good, 0, |p| format!("{p}=")), L::Token(J::Encoding(Encryption))),
        (
            "header of the other alphabet",
            patched(&good, 0, |_| "+/+/".into()),
            L::Token(J::Encoding(Encryption)),
        ),
        (
            "header is no JSON",
            patched(&good, 0, |_| URL_SAFE_NO_PAD.encode("{")),
            L::Token(J::Header(Encryption)),
        ),
        ("header is a list", outer(json!([])), L::Token(J::Header(Encryption))),
        ("header without end", patched(&good, 0, |_| "A".repeat(2000)), L::Token(J::Header(Encryption))),
        ("no alg", outer(json!({"enc": "A256GCM", "kid": to})), L::Token(J::Header(Encryption))),
        ("no enc", outer(json!({"alg": "RSA-OAEP", "kid": to})), L::Token(J::Algorithm(Encryption))),
        (
            "alg none",
            outer(json!({"alg": "none", "enc": "A256GCM", "kid": to})),
            L::Token(J::Algorithm(Encryption)),
        ),
        (
            "alg dir",
            outer(json!({"alg": "dir", "enc": "A256GCM", "kid": to})),
            L::Token(J::Algorithm(Encryption)),
        ),
        (
            "alg RSA1_5",
            outer(json!({"alg": "RSA1_5", "enc": "A256GCM", "kid": to})),
            L::Token(J::Algorithm(Encryption)),
        ),
        (
            "alg RSA-OAEP-256",
            outer(json!({"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": to})),
            L::Token(J::Algorithm(Encryption)),
        ),
        (
            "enc A128CBC-HS256",
            outer(json!({"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": to})),
            L::Token(J::Algorithm(Encryption)),
        ),
        (
            "alg is a number",
            outer(json!({"alg": 1, "enc": "A256GCM", "kid": to})),
            L::Token(J::Header(Encryption)),
        ),
        ("no kid", outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM"})), L::Token(J::UnknownKey(Encryption))),
        (
            "unknown kid",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "x"})),
            L::Token(J::UnknownKey(Encryption)),
        ),
        (
            "kid of another purpose",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "dev-signing"})),
            L::Token(J::UnknownKey(Encryption)),
        ),
        (
            "kid of a public key",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": from})),
            L::Token(J::UnknownKey(Encryption)),
        ),
        (
            "zip",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": to, "zip": "DEF"})),
            L::Token(J::Header(Encryption)),
        ),
        (
            "crit",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": to, "crit": ["exp"]})),
            L::Token(J::Header(Encryption)),
        ),
        (
            "jku",
            outer(json!({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": to, "jku": "http://evil.example.org"})),
            L::Token(J::Header(Encryption)),
        ),
        (
            "kid twice",
            patched(&good, 0, |_| {
                URL_SAFE_NO_PAD.encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM","kid":"dev-runner","kid":"x"}"#)
            }),
            L::Token(J::Header(Encryption)),
        ),
        ("short wrapped key", patched(&good, 1, |_| "AAAA".into()), L::Token(J::Encoding(Encryption))),
        ("short nonce", patched(&good, 2, |_| "AAAA".into()), L::Token(J::Encoding(Encryption))),
        ("short tag", patched(&good, 4, |_| "AAAA".into()), L::Token(J::Encoding(Encryption))),
        ("blank in the text", patched(&good, 3, |p| format!("{p} ")), L::Token(J::Encoding(Encryption))),
        // The outer layer, dear.
        ("wrapped key changed", patched(&good, 1, turned), L::Token(J::Decryption)),
        ("nonce changed", patched(&good, 2, turned), L::Token(J::Decryption)),
        ("text changed", patched(&good, 3, turned), L::Token(J::Decryption)),
        ("text cut off", patched(&good, 3, |_| String::new()), L::Token(J::Decryption)),
        ("tag changed", patched(&good, 4, turned), L::Token(J::Decryption)),
        (
            "header spelt otherwise",
            outer(json!({"kid": to, "enc": "A256GCM", "alg": "RSA-OAEP"})),
            L::Token(J::Decryption),
        ),
        // The inner layer.
        ("claims unsigned", encrypted(&payload), L::Token(J::Parts(Signature))),
        ("encrypted twice", encrypted(&good), L::Token(J::Parts(Signature))),
        ("empty inside", encrypted(""), L::Token(J::Parts(Signature))),
        ("inner alg none", inner(json!({"alg": "none", "kid": from})), L::Token(J::Algorithm(Signature))),
        (
            "unsigned, alg none",
            encrypted(&format!("{}.{}.", encoded(&json!({"alg": "none"})), URL_SAFE_NO_PAD.encode(&payload))),
            L::Token(J::Algorithm(Signature)),
        ),
        ("inner alg HS256", inner(json!({"alg": "HS256", "kid": from})), L::Token(J::Algorithm(Signature))),
        ("inner alg PS256", inner(json!({"alg": "PS256", "kid": from})), L::Token(J::Algorithm(Signature))),
        ("inner without kid", inner(json!({"alg": "RS256"})), L::Token(J::UnknownKey(Signature))),
        ("inner unknown kid", inner(json!({"alg": "RS256", "kid": "x"})), L::Token(J::UnknownKey(Signature))),
        (
            "inner kid of another purpose",
            inner(json!({"alg": "RS256", "kid": "dev-receiver"})),
            L::Token(J::UnknownKey(Signature)),
        ),
        (
            "inner jwk",
            inner(json!({"alg": "RS256", "kid": from, "jwk": {"kty": "RSA"}})),
            L::Token(J::Header(Signature)),
        ),
        (
            "inner b64",
            inner(json!({"alg": "RS256", "kid": from, "b64": false})),
            L::Token(J::Header(Signature)),
        ),
        (
            "inner enc",
            inner(json!({"alg": "RS256", "kid": from, "enc": "A256GCM"})),
            L::Token(J::Header(Signature)),
        ),
        (
            "signed by another",
            encrypted(&patched(&jose::sign(payload.as_bytes(), submission).unwrap(), 0, |_| {
                encoded(&json!({"alg": "RS256", "kid": from}))
            })),
            L::Token(J::Signature),
        ),
        ("payload changed", encrypted(&patched(&jws, 1, turned)), L::Token(J::Signature)),
        ("signature changed", encrypted(&patched(&jws, 2, turned)), L::Token(J::Signature)),
        ("signature missing", encrypted(&patched(&jws, 2, |_| String::new())), L::Token(J::Signature)),
        // Times.
        ("claims are a list", token(&json!([])), L::NotClaims),
        (
            "claims are no JSON",
            {
                let signer = KEYS.launcher.first_private(Purpose::Authentication).unwrap();
                jose::seal(b"{\"jti\"", signer, receiver).unwrap()
            },
            L::NotClaims,
        ),
        ("no exp", token(&without(&["exp"])), L::NoTime("exp")),
        ("no iat", token(&without(&["iat"])), L::NoTime("iat")),
        ("exp in words", token(&with(json!({"exp": "tomorrow"}))), L::NoTime("exp")),
        ("exp null", token(&with(json!({"exp": null}))), L::NoTime("exp")),
        ("exp beyond time", token(&with(json!({"exp": 1e300}))), L::NoTime("exp")),
        ("nbf in words", token(&with(json!({"nbf": "now"}))), L::NoTime("nbf")),
        ("iat in the future", token(&with(json!({"iat": NOW + 121}))), L::NotYet("iat")),
        ("nbf in the future", token(&with(json!({"nbf": NOW + 121}))), L::NotYet("nbf")),
        ("expired long ago", token(&with(json!({"exp": NOW - 121}))), L::Expired),
        ("expired just now", token(&with(json!({"exp": NOW - 1}))), L::JustExpired),
        ("expiring now", token(&with(json!({"exp": NOW}))), L::JustExpired),
        ("expired, and no jti", token(&with(json!({"exp": NOW - 1, "jti": null}))), L::JustExpired),
        // Claims.
        ("no jti", token(&without(&["jti"])), L::NoTokenId),
        ("jti a number", token(&with(json!({"jti": 5}))), L::NoTokenId),
        ("jti no UUID", token(&with(json!({"jti": "abc"}))), L::NoTokenId),
        ("no tx_id", token(&without(&["tx_id"])), claim("tx_id", Fault::Missing)),
        ("tx_id null", token(&with(json!({"tx_id": null}))), claim("tx_id", Fault::Kind)),
        ("tx_id no UUID", token(&with(json!({"tx_id": "1"}))), claim("tx_id", Fault::Form)),
        ("no case_id", token(&without(&["case_id"])), claim("case_id", Fault::Missing)),
        (
            "no collection_exercise_sid",
            token(&without(&["collection_exercise_sid"])),
            claim("collection_exercise_sid", Fault::Missing),
        ),
        (
            "blank collection_exercise_sid",
            token(&with(json!({"collection_exercise_sid": "  "}))),
            claim("collection_exercise_sid", Fault::Length),
        ),
        ("no version", token(&without(&["version"])), claim("version", Fault::Missing)),
        ("version v1", token(&with(json!({"version": "v1"}))), claim("version", Fault::Form)),
        ("version a number", token(&with(json!({"version": 2}))), claim("version", Fault::Kind)),
        ("no definition named", token(&without(&["schema_name"])), claim("schema_name", Fault::Missing)),
        (
            "definition named blank",
            token(&with(json!({"schema_name": " "}))),
            claim("schema_name", Fault::Missing),
        ),
        (
            "definition named twice",
            token(&with(json!({"schema_url": "http://example.org/x"}))),
            claim("schema_name", Fault::Missing),
        ),
        ("schema_name null", token(&with(json!({"schema_name": null}))), claim("schema_name", Fault::Kind)),
        ("schema_url no URL", token(&with(json!({"schema_url": "x"}))), claim("schema_url", Fault::Form)),
        (
            "cir_instrument_id no UUID",
            token(&with(json!({"cir_instrument_id": "x"}))),
            claim("cir_instrument_id", Fault::Form),
        ),
        ("no response_id", token(&without(&["response_id"])), claim("response_id", Fault::Missing)),
        ("response_id a number", token(&with(json!({"response_id": 1}))), claim("response_id", Fault::Kind)),
        (
            "no account_service_url",
            token(&without(&["account_service_url"])),
            claim("account_service_url", Fault::Missing),
        ),
        (
            "account_service_url a script",
            token(&with(json!({"account_service_url": "javascript:alert(1)"}))),
            claim("account_service_url", Fault::Form),
        ),
        (
            "account_service_url without a domain",
            token(&with(json!({"account_service_url": "http://eq"}))),
            claim("account_service_url", Fault::Form),
        ),
        (
            "no response_expires_at",
            token(&without(&["response_expires_at"])),
            claim("response_expires_at", Fault::Missing),
        ),
        (
            "response_expires_at a day",
            token(&with(json!({"response_expires_at": "2027-01-01"}))),
            claim("response_expires_at", Fault::Form),
        ),
        (
            "response_expires_at past",
            token(&with(json!({"response_expires_at": "2020-01-01T00:00:00Z"}))),
            claim("response_expires_at", Fault::Past),
        ),
        (
            "language_code a list",
            token(&with(json!({"language_code": ["en"]}))),
            claim("language_code", Fault::Kind),
        ),
        ("channel empty", token(&with(json!({"channel": ""}))), claim("channel", Fault::Length)),
        (
            "region_code in small letters",
            token(&with(json!({"region_code": "gb-wls"}))),
            claim("region_code", Fault::Form),
        ),
        (
            "region_code too long",
            token(&with(json!({"region_code": "GB-WLSX"}))),
            claim("region_code", Fault::Form),
        ),
        ("roles a word", token(&with(json!({"roles": "dumper"}))), claim("roles", Fault::Kind)),
        ("roles of numbers", token(&with(json!({"roles": [1]}))), claim("roles", Fault::Kind)),
        ("survey_metadata null", token(&empty_survey(Value::Null)), claim("survey_metadata", Fault::Kind)),
        (
            "survey data empty",
            token(&empty_survey(json!({"data": {}}))),
            claim("survey_metadata", Fault::Length),
        ),
        (
            "survey data a list",
            token(&empty_survey(json!({"data": []}))),
            claim("survey_metadata", Fault::Kind),
        ),
        (
            "survey_metadata with more",
            token(&empty_survey(json!({"x": 1}))),
            claim("survey_metadata", Fault::Unknown),
        ),
        (
            "receipting key not in the data",
            token(&empty_survey(json!({"data": {"a": 1}, "receipting_keys": ["qid"]}))),
            claim("survey_metadata", Fault::Missing),
        ),
        (
            "receipting keys of numbers",
            token(&empty_survey(json!({"data": {"a": 1}, "receipting_keys": [1]}))),
            claim("survey_metadata", Fault::Kind),
        ),
    ];
    assert!(table.len() >= 100, "only {}", table.len());
    for (what, token, refused) in table {
        let status = refused.status();
        assert_eq!(launch(&token), Err(refused.clone()), "{what}");
        let expected = matches!(refused, L::Missing | L::JustExpired | L::Used);
        assert_eq!(status, if expected { 401 } else { 403 }, "{what}");
    }
}
