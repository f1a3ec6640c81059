//! All of one response: what its row holds, opened.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::launch::Source;
use crate::seal::{SealFailed, fresh_secret};
use crate::store::DefinitionHash;

/// Most sessions of one response; the oldest falls out. A household fills one form on two devices, not on nine.
const MAX_SESSIONS: usize = 8;
/// Most launch tokens remembered; beyond it the one that ends first is forgotten.
const MAX_USED: usize = 512;

/// A response with everything that is written with it, at once or not at all.
#[derive(Clone)]
pub struct Record {
    /// Readable in the row without the key.
    pub pinned: Pinned,
    /// What the data key comes from; made once, kept.
    pub(crate) secret: Zeroizing<[u8; 32]>,
    /// What is sealed.
    pub body: Body,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({:?}, …)", self.pinned.hash)
    }
}

/// Which questionnaire the response is of, and what must be known to find the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Where the definition was found at launch.
    pub source: Source,
    /// The very definition it began with.
    pub hash: DefinitionHash,
    /// The collection exercise: part of the key's name.
    pub exercise: String,
    /// When the response may be forgotten, in seconds since the epoch.
    ends_at: i64,
}

impl Pinned {
    /// Pins a response to a definition until a time, kept in whole seconds.
    #[must_use]
    pub fn new(source: Source, hash: DefinitionHash, exercise: String, ends_at: Timestamp) -> Pinned {
        Pinned { source, hash, exercise, ends_at: ends_at.as_second() }
    }

    /// When the response may be forgotten.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        Timestamp::from_second(self.ends_at).unwrap_or(Timestamp::MAX)
    }
}

/// What is sealed of a record.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The engine's stored form; none once flushed.
    #[serde(with = "serde_bytes")]
    pub response: Option<Vec<u8>>,
    /// Who may write, oldest first.
    pub sessions: Vec<SessionEntry>,
    /// Launch tokens that were used, and forms that had their one effect: until when each is remembered (seconds
    /// since the epoch).
    pub used: Vec<(Uuid, i64)>,
    /// What must still be sent, in the order decided.
    pub owed: Vec<Owed>,
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body(…)")
    }
}

/// One device that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEntry {
    /// Random; the cookie holds it too.
    pub id: Uuid,
    /// Confirmation e-mails asked for in this session.
    pub mails: u16,
    /// Feedback given in this session.
    pub feedbacks: u16,
}

/// Where an effect goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EffectKind {
    /// The answers, to their receiver.
    Submission,
    /// A request for an access code or a letter.
    Fulfilment,
    /// A confirmation e-mail.
    Mail,
    /// Feedback on the service.
    Feedback,
}

/// An effect that was decided and not yet confirmed by its receiver.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Its own id: a receiver that gets it twice keeps it once.
    pub id: Uuid,
    /// Where it goes.
    pub kind: EffectKind,
    /// What the receiver files it under: `tx_id`, `case_id`, receipting keys.
    pub headers: Vec<(String, String)>,
    /// As it leaves: already signed and encrypted for its receiver, or clear in the demonstration.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Owed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Owed({}, {:?}, {} bytes)", self.id, self.kind, self.bytes.len())
    }
}

impl Record {
    /// A record without a response yet, under a secret of its own.
    ///
    /// # Errors
    /// [`SealFailed`] when there are no random bytes.
    pub fn new(pinned: Pinned) -> Result<Record, SealFailed> {
        Ok(Record { pinned, secret: fresh_secret()?, body: Body::default() })
    }

    /// Begins a session; the oldest gives way when there are too many.
    pub fn begin_session(&mut self, id: Uuid) {
        let sessions = &mut self.body.sessions;
        if sessions.len() >= MAX_SESSIONS {
            sessions.remove(0);
        }
        sessions.push(SessionEntry { id, mails: 0, feedbacks: 0 });
    }

    /// The session of this id, unless it was ended or pushed out.
    #[must_use]
    pub fn session(&self, id: Uuid) -> Option<&SessionEntry> {
        self.body.sessions.iter().find(|session| session.id == id)
    }

    /// The same, to count in.
    pub fn session_mut(&mut self, id: Uuid) -> Option<&mut SessionEntry> {
        self.body.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Ends a session. Says whether there was one.
    pub fn end_session(&mut self, id: Uuid) -> bool {
        let before = self.body.sessions.len();
        self.body.sessions.retain(|session| session.id != id);
        self.body.sessions.len() < before
    }

    /// Claims a launch token, or the page of a form that is to have one effect; `false` when it was claimed before.
    /// Forgets those whose time is over.
    #[must_use]
    pub fn claim_token(&mut self, token: Uuid, until: Timestamp, now: Timestamp) -> bool {
        let used = &mut self.body.used;
        used.retain(|(_, until)| *until >= now.as_second());
        if used.iter().any(|(held, _)| *held == token) {
            return false;
        }
        if used.len() >= MAX_USED
            && let Some(first) = used.iter().enumerate().min_by_key(|(_, (_, until))| *until)
        {
            used.remove(first.0);
        }
        used.push((token, until.as_second()));
        true
    }

    /// Decides an effect. Twice is once.
    pub fn owe(&mut self, effect: Owed) {
        if !self.body.owed.iter().any(|held| held.id == effect.id) {
            self.body.owed.push(effect);
        }
    }

    /// Clears a debt that its receiver confirmed. Says whether it stood.
    pub fn clear(&mut self, id: Uuid) -> bool {
        let before = self.body.owed.len();
        self.body.owed.retain(|held| held.id != id);
        self.body.owed.len() < before
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn record() -> Record {
        let source = Source::Name("x".into());
        Record::new(Pinned::new(source, DefinitionHash([0; 32]), "1".into(), at(100))).unwrap()
    }

    #[test]
    fn a_token_launches_once_and_is_forgotten_after_its_time() {
        let (mut record, token) = (record(), Uuid::from_u128(1));
        assert!(record.claim_token(token, at(10), at(0)));
        assert!(!record.claim_token(token, at(10), at(10)));
        assert!(record.claim_token(Uuid::from_u128(2), at(20), at(11)));
        assert_eq!(record.body.used.len(), 1);
    }

    #[test]
    fn used_tokens_are_bounded() {
        let mut record = record();
        for n in 0..2000_u16 {
            assert!(record.claim_token(Uuid::from_u128(u128::from(n)), at(5000 + i64::from(n)), at(0)));
        }
        assert_eq!(record.body.used.len(), MAX_USED);
        assert!(!record.claim_token(Uuid::from_u128(1999), at(9000), at(0)));
    }

    #[test]
    fn a_ninth_device_pushes_out_the_first() {
        let mut record = record();
        for n in 0..9 {
            record.begin_session(Uuid::from_u128(n));
        }
        assert!(record.session(Uuid::from_u128(0)).is_none());
        record.session_mut(Uuid::from_u128(8)).unwrap().mails += 1;
        assert_eq!(record.session(Uuid::from_u128(8)).unwrap().mails, 1);
        assert!(record.end_session(Uuid::from_u128(8)));
        assert!(!record.end_session(Uuid::from_u128(8)));
        assert_eq!(record.body.sessions.len(), 7);
    }

    #[test]
    fn an_effect_is_owed_once_until_cleared() {
        let (mut record, id) = (record(), Uuid::from_u128(3));
        let effect = Owed { id, kind: EffectKind::Mail, headers: vec![], bytes: vec![1] };
        record.owe(effect.clone());
        record.owe(effect);
        assert_eq!(record.body.owed.len(), 1);
        assert!(record.clear(id));
        assert!(!record.clear(id));
    }
}
