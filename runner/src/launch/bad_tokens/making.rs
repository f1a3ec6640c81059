//! Launch tokens to order: good ones, and what they are made of, so that they can be made badly.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::jose;
use crate::keys::{Development, Purpose, development};
use crate::launch::claims::Fault;
use crate::launch::{Launch, LaunchRefused, open};

pub(super) static KEYS: LazyLock<Development> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    development(folder.path()).unwrap()
});

pub(super) const NOW: i64 = 1_796_000_000;

pub(super) fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

pub(super) fn claims() -> Value {
    json!({
        "jti": "5ff879e6-f0ae-4335-a268-951a80994311",
        "tx_id": "8D41E084FEF242D885E4A13A68415A56",
        "case_id": "bf4d2705-7428-48d5-8018-981558dd0d54",
        "collection_exercise_sid": "789",
        "version": "v2",
        "schema_name": " test_checkbox ",
        "response_id": "1234567890123456",
        "account_service_url": "http://upstream.url",
        "response_expires_at": "2027-01-01T00:00:00+00:00",
        "language_code": "cy",
        "region_code": "GB-WLS",
        "channel": "RH",
        "roles": ["dumper"],
        "survey_metadata": {"data": {"qid": "12", "ru_name": "Ll\u{ea}n"}, "receipting_keys": ["qid"]},
        "account_service_log_out_url": "http://dropped.example.org",
        "iat": NOW, "exp": NOW + 3600
    })
}

pub(super) fn without(names: &[&str]) -> Value {
    let mut claims = claims();
    for name in names {
        claims.as_object_mut().unwrap().remove(*name);
    }
    claims
}

pub(super) fn with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

pub(super) fn token(claims: &Value) -> String {
    let signer = KEYS.launcher.first_private(Purpose::Authentication).unwrap();
    let receiver = KEYS.launcher.first_public(Purpose::Authentication).unwrap();
    jose::seal(claims.to_string().as_bytes(), signer, receiver).unwrap()
}

pub(super) fn signed() -> String {
    let signer = KEYS.launcher.first_private(Purpose::Authentication).unwrap();
    jose::sign(claims().to_string().as_bytes(), signer).unwrap()
}

pub(super) fn encrypted(signed: &str) -> String {
    jose::encrypt(signed.as_bytes(), KEYS.launcher.first_public(Purpose::Authentication).unwrap()).unwrap()
}

/// The token with one of its parts replaced.
pub(super) fn patched(token: &str, part: usize, change: impl FnOnce(&str) -> String) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts[part] = change(&parts[part]);
    parts.join(".")
}

pub(super) fn encoded(header: &Value) -> String {
    URL_SAFE_NO_PAD.encode(header.to_string())
}

/// The part with one bit of its bytes turned.
pub(super) fn turned(part: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn launch(token: &str) -> Result<Launch, LaunchRefused> {
    open(token, &KEYS.keys, now())?.launch(now())
}

pub(super) fn claim(name: &'static str, fault: Fault) -> LaunchRefused {
    LaunchRefused::Claim { name, fault }
}
