//! Sealing a record for its row: compressed, padded, encrypted, and bound to its place.
//!
//! A row is a readable head and a sealed body. The body's key comes from a random secret of the response's
//! own, which lies in the head, wrapped by the tenant's key for the collection exercise: destroying that key
//! shreds the exercise, backups included; deleting a row shreds one person in the live store. The price: table
//! and tenant key together open everything.
//!
//! The body's seal covers tenant, row, version, key id and the head, so neither swapping nor pasting nor
//! editing goes unseen. A whole older row put back is not seen here; the cookie's version tells.

mod pack;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac, rand};
use bytes::Bytes;
use pack::{pack, unpack};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::record::{Pinned, Record};
use crate::secret::SecretString;
use crate::store::{Key, Row, Version};

/// The form of what follows the first byte of a row.
const FORM: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
const SECRET: usize = 32;
/// Most exercises whose keys are kept ready. A launch token names one, so their number needs a bound.
const MAX_EXERCISES: usize = 256;

/// Seals and opens records of one tenant. Holds at least one key; the first seals, all open.
pub struct Sealer {
    tenant: String,
    keys: Vec<TenantKey>,
    row_ids: hmac::Key,
}

struct TenantKey {
    id: [u8; 4],
    root: hkdf::Prk,
    /// Those in use, made once: making one costs as much as opening a whole row.
    exercises: RwLock<HashMap<String, Arc<LessSafeKey>>>,
}

/// Why a record could not be sealed: no random bytes, or beyond what fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a response could not be sealed")]
pub struct SealFailed;

/// Why a row could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unopened {
    /// Written by a newer runner, in a form unknown here.
    #[error("a row of form {0} is not known here")]
    Newer(u8),
    /// Sealed under a key that is not configured.
    #[error("a row is sealed under a key that is not here")]
    UnknownKey,
    /// Changed, cut short, or moved from another place.
    #[error("a row is damaged or out of its place")]
    Damaged,
}

/// Readable without the key, but authenticated by the body's seal.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    key_id: [u8; 4],
    pinned: Pinned,
    #[serde(borrow)]
    wrapped: &'a [u8],
}

impl Sealer {
    /// For a tenant, under its secrets: the newest first, and after it those that old rows were sealed under.
    /// Row names come from the oldest, so that rows are found again after a rotation.
    ///
    /// # Errors
    /// [`SealFailed`] without any secret.
    pub fn new(tenant: &str, secrets: &[&SecretString]) -> Result<Sealer, SealFailed> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"canvass responses 1");
        let mut keys = Vec::new();
        for secret in secrets {
            let root = salt.extract(secret.expose().as_bytes());
            let mut id = [0; 4];
            id.copy_from_slice(&expand(&root, &[b"key id", tenant.as_bytes()])?[..4]);
            keys.push(TenantKey { id, root, exercises: RwLock::default() });
        }
        let oldest = keys.last().ok_or(SealFailed)?;
        let row_ids = expand(&oldest.root, &[b"row ids", tenant.as_bytes()])?;
        let row_ids = hmac::Key::new(hmac::HMAC_SHA256, row_ids.as_ref());
        Ok(Sealer { tenant: tenant.to_owned(), keys, row_ids })
    }

    /// The name of a response's row.
    #[must_use]
    pub fn row_key(&self, response_id: &str) -> Key {
        let mut key = [0; 32];
        key.copy_from_slice(hmac::sign(&self.row_ids, response_id.as_bytes()).as_ref());
        Key(key)
    }

    /// Makes the row that holds this record at this place and version.
    ///
    /// # Errors
    /// [`SealFailed`].
    pub fn seal(&self, record: &Record, key: &Key, version: Version) -> Result<Row, SealFailed> {
        let sealing = self.keys.first().ok_or(SealFailed)?;
        let wrapping = self.exercise_key(sealing, &record.pinned)?;
        let mut wrapped = record.secret.to_vec();
        seal_in_place(&wrapping, &self.place(key, &sealing.id), &mut wrapped)?;

        let head = Head { key_id: sealing.id, pinned: record.pinned.clone(), wrapped: &wrapped };
        let mut bytes = postcard::to_extend(&head, vec![FORM]).map_err(|_| SealFailed)?;
        let mut body = pack(&record.body)?;
        let mut place = self.place(key, &sealing.id);
        place.extend_from_slice(&version.0.to_be_bytes());
        place.extend_from_slice(&bytes);
        seal_in_place(&cipher(&data_key(&record.secret)?)?, &place, &mut body)?;
        bytes.extend_from_slice(&body);
        Ok(Row {
            version,
            bytes: Bytes::from(bytes),
            owes: !record.body.owed.is_empty(),
            ends_at: record.pinned.ends_at(),
        })
    }

    /// Opens a row read under this key.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open(&self, row: &Row, key: &Key) -> Result<Record, Unopened> {
        let (head, head_bytes, sealed) = read_head(&row.bytes)?;
        let opening = self.keys.iter().find(|held| held.id == head.key_id).ok_or(Unopened::UnknownKey)?;
        let damaged = |SealFailed| Unopened::Damaged;
        let exercise = self.exercise_key(opening, &head.pinned).map_err(damaged)?;
        let mut place = self.place(key, &opening.id);
        let mut wrapped = head.wrapped.to_vec();
        let secret = open_in_place(&exercise, &place, &mut wrapped)?;
        let secret: Zeroizing<[u8; SECRET]> =
            Zeroizing::new((&*secret).try_into().map_err(|_| Unopened::Damaged)?);

        place.extend_from_slice(&row.version.0.to_be_bytes());
        place.extend_from_slice(head_bytes);
        let mut sealed = sealed.to_vec();
        let data = cipher(&data_key(&secret).map_err(damaged)?).map_err(damaged)?;
        let body = unpack(open_in_place(&data, &place, &mut sealed)?)?;
        Ok(Record { pinned: head.pinned, secret, body })
    }

    /// The tenant's key for one collection exercise.
    fn exercise_key(&self, key: &TenantKey, pinned: &Pinned) -> Result<Arc<LessSafeKey>, SealFailed> {
        let ready =
            key.exercises.read().unwrap_or_else(PoisonError::into_inner).get(&pinned.exercise).cloned();
        if let Some(ready) = ready {
            return Ok(ready);
        }
        let info: [&[u8]; 4] = [b"exercise", self.tenant.as_bytes(), b"\0", pinned.exercise.as_bytes()];
        let made = Arc::new(cipher(&expand(&key.root, &info)?)?);
        let mut exercises = key.exercises.write().unwrap_or_else(PoisonError::into_inner);
        if exercises.len() < MAX_EXERCISES {
            exercises.insert(pinned.exercise.clone(), Arc::clone(&made));
        }
        Ok(made)
    }

    fn place(&self, key: &Key, key_id: &[u8; 4]) -> Vec<u8> {
        let mut place = Vec::with_capacity(self.tenant.len() + 256);
        place.extend_from_slice(self.tenant.as_bytes());
        place.push(0);
        place.extend_from_slice(&key.0);
        place.extend_from_slice(key_id);
        place
    }
}

/// What a row says in the open: which questionnaire it is of. Believe it only after [`Sealer::open`].
///
/// # Errors
/// [`Unopened`].
pub fn pinned(row: &Row) -> Result<Pinned, Unopened> {
    read_head(&row.bytes).map(|(head, _, _)| head.pinned)
}

fn read_head(bytes: &[u8]) -> Result<(Head<'_>, &[u8], &[u8]), Unopened> {
    let (&form, rest) = bytes.split_first().ok_or(Unopened::Damaged)?;
    if form != FORM {
        return Err(Unopened::Newer(form));
    }
    let (head, sealed) = postcard::take_from_bytes(rest).map_err(|_| Unopened::Damaged)?;
    Ok((head, &bytes[..bytes.len() - sealed.len()], sealed))
}

fn data_key(secret: &[u8; SECRET]) -> Result<Zeroizing<[u8; SECRET]>, SealFailed> {
    let root = hkdf::Salt::new(hkdf::HKDF_SHA256, b"canvass response 1").extract(secret);
    expand(&root, &[b"data"])
}

fn expand(root: &hkdf::Prk, info: &[&[u8]]) -> Result<Zeroizing<[u8; SECRET]>, SealFailed> {
    let mut key = Zeroizing::new([0; SECRET]);
    let expanded = root.expand(info, hkdf::HKDF_SHA256).map_err(|_| SealFailed)?;
    expanded.fill(key.as_mut()).map_err(|_| SealFailed)?;
    Ok(key)
}

fn cipher(key: &Zeroizing<[u8; SECRET]>) -> Result<LessSafeKey, SealFailed> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_ref()).map_err(|_| SealFailed)?))
}

/// Nonce, then text, then tag: all in `text` afterwards.
pub(crate) fn seal_in_place(key: &LessSafeKey, place: &[u8], text: &mut Vec<u8>) -> Result<(), SealFailed> {
    let mut nonce = [0; NONCE];
    rand::fill(&mut nonce).map_err(|_| SealFailed)?;
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), text)
        .map_err(|_| SealFailed)?;
    text.splice(..0, nonce);
    text.extend_from_slice(tag.as_ref());
    Ok(())
}

pub(crate) fn open_in_place<'a>(
    key: &LessSafeKey,
    place: &[u8],
    sealed: &'a mut [u8],
) -> Result<&'a mut [u8], Unopened> {
    let (nonce, text) = sealed.split_first_chunk_mut::<NONCE>().ok_or(Unopened::Damaged)?;
    key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place), text)
        .map_err(|_| Unopened::Damaged)
}

/// A fresh secret for a response.
pub(crate) fn fresh_secret() -> Result<Zeroizing<[u8; SECRET]>, SealFailed> {
    let mut secret = Zeroizing::new([0; SECRET]);
    rand::fill(secret.as_mut()).map_err(|_| SealFailed)?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::Timestamp;

    use super::*;
    use crate::launch::Source;
    use crate::store::DefinitionHash;

    fn sealer(secrets: &[&str]) -> Sealer {
        let secrets: Vec<SecretString> = secrets.iter().map(|s| SecretString::new((*s).to_owned())).collect();
        Sealer::new("ons", &secrets.iter().collect::<Vec<_>>()).unwrap()
    }

    fn record(response: &[u8]) -> Record {
        let pinned = Pinned::new(
            Source::Name("x".into()),
            DefinitionHash([7; 32]),
            "789".into(),
            Timestamp::from_second(9).unwrap(),
        );
        let mut record = Record::new(pinned).unwrap();
        record.body.response = Some(response.to_vec());
        record
    }

    const AT: Version = Version(3);

    #[test]
    fn a_sealed_record_opens_to_the_same() {
        let sealer = sealer(&["pepper"]);
        let key = sealer.row_key("r1");
        let mut record = record(b"Aberystwyth");
        record.owe(crate::record::Owed {
            id: uuid::Uuid::from_u128(5),
            kind: crate::record::EffectKind::Submission,
            headers: vec![("tx_id".into(), "1".into())],
            bytes: vec![1, 2],
        });
        let row = sealer.seal(&record, &key, AT).unwrap();
        assert!(row.owes);
        assert_eq!(row.ends_at.as_second(), 9);
        let opened = sealer.open(&row, &key).unwrap();
        assert_eq!(opened.body, record.body);
        assert_eq!(opened.pinned, record.pinned);
        assert_eq!(pinned(&row).unwrap(), record.pinned);
    }

    #[test]
    fn no_answer_is_readable_in_a_row() {
        let sealer = sealer(&["pepper"]);
        let row = sealer.seal(&record(b"Aberystwyth"), &sealer.row_key("r1"), AT).unwrap();
        assert!(!row.bytes.windows(5).any(|window| window == b"Abery"));
    }

    #[test]
    fn rows_of_similar_content_have_one_length() {
        let sealer = sealer(&["pepper"]);
        let length =
            |answer: &[u8]| sealer.seal(&record(answer), &sealer.row_key("r1"), AT).unwrap().bytes.len();
        assert_eq!(length(b"Yes"), length(b"No, and this is why: I was not at home"));
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let sealer = sealer(&["pepper"]);
        let key = sealer.row_key("r1");
        let row = sealer.seal(&record(b"Yes"), &key, AT).unwrap();
        for at in 0..row.bytes.len() {
            let mut bytes = row.bytes.to_vec();
            bytes[at] ^= 1;
            let changed = Row { bytes: bytes.into(), ..row.clone() };
            assert!(sealer.open(&changed, &key).is_err(), "byte {at}");
        }
        for length in 0..row.bytes.len() {
            let cut = Row { bytes: row.bytes.slice(..length), ..row.clone() };
            assert!(sealer.open(&cut, &key).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn a_row_opens_only_at_its_own_place_and_version() {
        let ours = sealer(&["pepper"]);
        let key = ours.row_key("r1");
        let row = ours.seal(&record(b"Yes"), &key, AT).unwrap();
        let elsewhere = ours.row_key("r2");
        assert_ne!(key, elsewhere);
        assert_eq!(ours.open(&row, &elsewhere).unwrap_err(), Unopened::Damaged);
        let earlier = Row { version: Version(2), ..row.clone() };
        assert_eq!(ours.open(&earlier, &key).unwrap_err(), Unopened::Damaged);
        assert_eq!(sealer(&["salt"]).open(&row, &key).unwrap_err(), Unopened::UnknownKey);
    }

    #[test]
    fn after_a_rotation_old_rows_are_found_and_opened() {
        let old = sealer(&["old"]);
        let key = old.row_key("r1");
        let row = old.seal(&record(b"Yes"), &key, AT).unwrap();
        let new = sealer(&["new", "old"]);
        assert_eq!(new.row_key("r1"), key);
        let record = new.open(&row, &key).unwrap();
        let again = new.seal(&record, &key, AT.next()).unwrap();
        assert_eq!(old.open(&again, &key).unwrap_err(), Unopened::UnknownKey);
    }
}
