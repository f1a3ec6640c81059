//! Signed and encrypted messages: a JWS signed RS256 inside a JWE, RSA-OAEP and A256GCM, both compact.
//!
//! One algorithm for each step and nothing negotiable: a header may hold `alg`, `enc`, `kid`, `typ`, `cty` and
//! no more, so there is no `zip` to blow up, no `crit` to misread and no `jku` to fetch.
//!
//! Source: spec/03 §3.1, spec/05 §4.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::rsa::OAEP_SHA1_MGF1SHA1;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::keys::{Keys, PrivateKey, PublicKey, Purpose};

/// Longest token that is looked at, in bytes. A launch with forty long metadata values has some 6,000.
pub const MAX_LENGTH: usize = 16 * 1024;

/// Longest message of another service.
const MAX_LARGE: usize = 8 * 1024 * 1024;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
/// A whole header of eQ's has some 90 bytes.
const MAX_HEADER: usize = 1024;

/// The two layers of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The outer one, JWE.
    Encryption,
    /// The inner one, JWS.
    Signature,
}

/// Why a token could not be opened. Up to [`JoseError::UnknownKey`] of the outer layer nothing dear was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    /// Longer than [`MAX_LENGTH`].
    #[error("too long")]
    TooLong,
    /// Not five parts (encryption) or three (signature).
    #[error("wrong number of parts in {0:?}")]
    Parts(Layer),
    /// A part is not unpadded base64url, or of an impossible length.
    #[error("bad encoding in {0:?}")]
    Encoding(Layer),
    /// The header is no JSON object, or holds something besides the five allowed names.
    #[error("bad header of {0:?}")]
    Header(Layer),
    /// Another algorithm than the one.
    #[error("algorithm of {0:?} not allowed")]
    Algorithm(Layer),
    /// No key id, or none that this purpose knows.
    #[error("unknown key of {0:?}")]
    UnknownKey(Layer),
    /// The ciphertext was not made for our key, or was changed.
    #[error("does not decrypt")]
    Decryption,
    /// The signature does not fit.
    #[error("signature does not fit")]
    Signature,
}

/// The key layer refused to work: no random bytes, or a message beyond what the algorithm allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("signing or encrypting failed")]
pub struct SealFailed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    enc: Option<String>,
    kid: Option<String>,
    #[serde(rename = "typ")]
    _typ: Option<String>,
    #[serde(rename = "cty")]
    _cty: Option<String>,
}

/// Decrypts, checks the signature and gives the payload. Costs an RSA private-key operation (0.4–2 ms) once
/// the cheap checks have passed: call it in the lane for that.
///
/// # Errors
/// [`JoseError`], the first fault met, cheapest checks first.
pub fn open(token: &str, purpose: Purpose, keys: &Keys) -> Result<Zeroizing<Vec<u8>>, JoseError> {
    let signed = decrypt(token, purpose, keys)?;
    let signed = std::str::from_utf8(&signed).map_err(|_| JoseError::Encoding(Layer::Signature))?;
    verify(signed, purpose, keys)
}

/// Whether the token deserves the lane: everything that [`open`] checks before it decrypts.
///
/// # Errors
/// As [`open`].
pub fn inspect(token: &str, purpose: Purpose, keys: &Keys) -> Result<(), JoseError> {
    envelope(token, purpose, keys).map(|_| ())
}

/// Opens the outer layer only.
///
/// # Errors
/// As [`open`].
pub fn decrypt(token: &str, purpose: Purpose, keys: &Keys) -> Result<Zeroizing<Vec<u8>>, JoseError> {
    opened(envelope(token, purpose, keys)?)
}

/// The same of a message that may be longer than a token: what another service sends.
///
/// # Errors
/// As [`open`].
pub fn decrypt_large(token: &str, purpose: Purpose, keys: &Keys) -> Result<Zeroizing<Vec<u8>>, JoseError> {
    opened(envelope_within(token, purpose, keys, MAX_LARGE)?)
}

fn opened(envelope: Envelope<'_>) -> Result<Zeroizing<Vec<u8>>, JoseError> {
    let mut room = Zeroizing::new(vec![0; envelope.key.decrypting.min_output_size()]);
    let content_key = envelope
        .key
        .decrypting
        .decrypt(&OAEP_SHA1_MGF1SHA1, &envelope.encrypted_key, &mut room, None)
        .map_err(|_| JoseError::Decryption)?;
    if content_key.len() != KEY_BYTES {
        return Err(JoseError::Decryption);
    }
    let content_key = UnboundKey::new(&AES_256_GCM, content_key).map_err(|_| JoseError::Decryption)?;
    let mut sealed = Zeroizing::new(envelope.ciphertext);
    let length = LessSafeKey::new(content_key)
        .open_in_place(
            Nonce::assume_unique_for_key(envelope.nonce),
            Aad::from(envelope.header.as_bytes()),
            sealed.as_mut_slice(),
        )
        .map_err(|_| JoseError::Decryption)?
        .len();
    sealed.truncate(length);
    Ok(sealed)
}

struct Envelope<'a> {
    header: &'a str,
    key: &'a PrivateKey,
    encrypted_key: Vec<u8>,
    nonce: [u8; NONCE_BYTES],
    /// With its tag at the end.
    ciphertext: Vec<u8>,
}

fn envelope<'a>(token: &'a str, purpose: Purpose, keys: &'a Keys) -> Result<Envelope<'a>, JoseError> {
    envelope_within(token, purpose, keys, MAX_LENGTH)
}

fn envelope_within<'a>(
    token: &'a str,
    purpose: Purpose,
    keys: &'a Keys,
    most: usize,
) -> Result<Envelope<'a>, JoseError> {
    const LAYER: Layer = Layer::Encryption;
    if token.len() > most {
        return Err(JoseError::TooLong);
    }
    let [header, encrypted_key, nonce, ciphertext, tag] = parts(token).ok_or(JoseError::Parts(LAYER))?;
    let (algorithm, encoding, kid) = read_header(header, LAYER)?;
    if algorithm != "RSA-OAEP" || encoding.as_deref() != Some("A256GCM") {
        return Err(JoseError::Algorithm(LAYER));
    }
    let key = kid.and_then(|kid| keys.private(purpose, &kid)).ok_or(JoseError::UnknownKey(LAYER))?;
    let encrypted_key = decode(encrypted_key, LAYER)?;
    let nonce = decode(nonce, LAYER)?;
    let mut ciphertext = decode(ciphertext, LAYER)?;
    let tag = decode(tag, LAYER)?;
    if encrypted_key.len() != key.decrypting.key_size_bytes() || tag.len() != TAG_BYTES {
        return Err(JoseError::Encoding(LAYER));
    }
    ciphertext.extend_from_slice(&tag);
    let nonce = nonce.try_into().map_err(|_| JoseError::Encoding(LAYER))?;
    Ok(Envelope { header, key, encrypted_key, nonce, ciphertext })
}

/// Checks an inner layer and gives its payload.
///
/// # Errors
/// As [`open`].
pub fn verify(signed: &str, purpose: Purpose, keys: &Keys) -> Result<Zeroizing<Vec<u8>>, JoseError> {
    const LAYER: Layer = Layer::Signature;
    let [header, payload, signature] = parts(signed).ok_or(JoseError::Parts(LAYER))?;
    let (algorithm, encoding, kid) = read_header(header, LAYER)?;
    if algorithm != "RS256" {
        return Err(JoseError::Algorithm(LAYER));
    }
    if encoding.is_some() {
        return Err(JoseError::Header(LAYER));
    }
    let key = kid.and_then(|kid| keys.public(purpose, &kid)).ok_or(JoseError::UnknownKey(LAYER))?;
    let signature_bytes = decode(signature, LAYER)?;
    let payload_bytes = Zeroizing::new(decode(payload, LAYER)?);
    let message = &signed[..header.len() + 1 + payload.len()];
    key.verifying.verify_sig(message.as_bytes(), &signature_bytes).map_err(|_| JoseError::Signature)?;
    Ok(payload_bytes)
}

fn parts<const N: usize>(token: &str) -> Option<[&str; N]> {
    let mut split = token.split('.');
    let mut parts = [""; N];
    for part in &mut parts {
        *part = split.next()?;
    }
    split.next().is_none().then_some(parts)
}

fn decode(part: &str, layer: Layer) -> Result<Vec<u8>, JoseError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| JoseError::Encoding(layer))
}

/// Algorithm, content encryption and key id.
fn read_header(part: &str, layer: Layer) -> Result<(String, Option<String>, Option<String>), JoseError> {
    if part.len() > MAX_HEADER {
        return Err(JoseError::Header(layer));
    }
    let header: Header =
        serde_json::from_slice(&decode(part, layer)?).map_err(|_| JoseError::Header(layer))?;
    Ok((header.alg, header.enc, header.kid))
}

/// Signs a payload: `{"kid", "typ": "jwt", "alg": "RS256"}`.
///
/// # Errors
/// [`SealFailed`].
pub fn sign(payload: &[u8], key: &PrivateKey) -> Result<String, SealFailed> {
    let header = format!(r#"{{"kid":{},"typ":"jwt","alg":"RS256"}}"#, quoted(&key.kid));
    let mut token = URL_SAFE_NO_PAD.encode(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let mut signature = vec![0; key.signing.public_modulus_len()];
    key.signing
        .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
        .map_err(|_| SealFailed)?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
    Ok(token)
}

/// Encrypts to a receiver: `{"alg": "RSA-OAEP", "enc": "A256GCM", "kid"}`.
///
/// # Errors
/// [`SealFailed`].
pub fn encrypt(plain: &[u8], key: &PublicKey) -> Result<String, SealFailed> {
    let header = format!(r#"{{"alg":"RSA-OAEP","enc":"A256GCM","kid":{}}}"#, quoted(&key.kid));
    let mut token = URL_SAFE_NO_PAD.encode(header);
    let mut content_key = Zeroizing::new([0; KEY_BYTES]);
    let mut nonce = [0; NONCE_BYTES];
    rand::fill(content_key.as_mut()).map_err(|_| SealFailed)?;
    rand::fill(&mut nonce).map_err(|_| SealFailed)?;

    let mut body = plain.to_vec();
    let cipher = UnboundKey::new(&AES_256_GCM, content_key.as_ref()).map_err(|_| SealFailed)?;
    let tag = LessSafeKey::new(cipher)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(token.as_bytes()),
            &mut body,
        )
        .map_err(|_| SealFailed)?;
    let mut room = vec![0; key.encrypting.ciphertext_size()];
    let encrypted_key = key
        .encrypting
        .encrypt(&OAEP_SHA1_MGF1SHA1, content_key.as_ref(), &mut room, None)
        .map_err(|_| SealFailed)?;
    for part in [&*encrypted_key, &nonce, &body, tag.as_ref()] {
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(part, &mut token);
    }
    Ok(token)
}

/// Signs, then encrypts: what leaves for a receiver, and what a launcher hands out.
///
/// # Errors
/// [`SealFailed`].
pub fn seal(payload: &[u8], signer: &PrivateKey, receiver: &PublicKey) -> Result<String, SealFailed> {
    encrypt(sign(payload, signer)?.as_bytes(), receiver)
}

fn quoted(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}
