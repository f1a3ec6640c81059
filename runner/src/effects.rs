//! What a change leads to outside: decided in the write that makes it, sent after by the relay.
//!
//! Source: design "Submitting"; spec/05.

use std::time::{Duration, SystemTime};

use engine::submission::{Fulfilment, Submission};
use jiff::Timestamp;
use lettre::Message;
use lettre::message::Mailbox;
use schema::questionnaire::Locale;
use templates::{Words, letter};
use uuid::Uuid;

use crate::failure::Failure;
use crate::record::EffectKind;

/// An effect before it is made ready for its receiver.
pub struct Effect {
    /// Its own: a receiver that gets it twice keeps it once.
    pub id: Uuid,
    /// Where it goes.
    pub kind: EffectKind,
    /// What the receiver files it under.
    pub headers: Vec<(String, String)>,
    /// What it says.
    pub payload: Vec<u8>,
    /// Whether it leaves signed and encrypted.
    pub is_sealed: bool,
}

impl Effect {
    /// What the engine decided.
    ///
    /// # Errors
    /// [`Failure::Internal`] for a launch without a `tx_id`, which was checked when it came.
    pub fn decided(effect: engine::apply::Effect) -> Result<Effect, Failure> {
        match effect {
            engine::apply::Effect::Submission(submission) => Effect::submission(submission),
            engine::apply::Effect::Fulfilment(fulfilment) => Effect::fulfilment(fulfilment),
        }
    }

    /// A request for an access code leaves under its own id, in clear, as eQ's does (spec/05 §7).
    fn fulfilment(fulfilment: Fulfilment) -> Result<Effect, Failure> {
        let Fulfilment { id, tx_id, case_id, payload } = fulfilment;
        let id =
            Uuid::parse_str(&id).map_err(|_| Failure::Internal("a request under what is no id".into()))?;
        let headers = vec![("tx_id".to_owned(), tx_id), ("case_id".to_owned(), case_id)];
        let payload = payload.into_bytes();
        Ok(Effect { id, kind: EffectKind::Fulfilment, headers, payload, is_sealed: false })
    }

    /// A submission leaves under its transaction's id.
    ///
    /// # Errors
    /// As [`Effect::decided`].
    pub fn submission(submission: Submission) -> Result<Effect, Failure> {
        let id = Uuid::parse_str(&submission.tx_id)
            .map_err(|_| Failure::Internal("a launch without a tx_id".into()))?;
        Ok(Effect::sealed(id, EffectKind::Submission, submission))
    }

    /// Feedback leaves as a submission does (spec/05 §6).
    #[must_use]
    pub fn feedback(id: Uuid, feedback: Submission) -> Effect {
        Effect::sealed(id, EffectKind::Feedback, feedback)
    }

    fn sealed(id: Uuid, kind: EffectKind, what: Submission) -> Effect {
        let mut headers = vec![("tx_id".to_owned(), what.tx_id), ("case_id".to_owned(), what.case_id)];
        headers.extend(what.receipting);
        Effect { id, kind, headers, payload: what.payload.into_bytes(), is_sealed: true }
    }

    /// A confirmation: a request for whoever sends it (spec/05 §7), or the letter itself.
    #[must_use]
    pub fn mail(id: Uuid, tx_id: &str, to: &str, payload: Vec<u8>) -> Effect {
        let headers = vec![("tx_id".to_owned(), tx_id.to_owned()), ("to".to_owned(), to.to_owned())];
        Effect { id, kind: EffectKind::Mail, headers, payload, is_sealed: false }
    }
}

/// A confirmation as it goes by SMTP.
pub struct Letter<'a> {
    /// Its own id, so that it is one letter however often it is sent.
    pub id: Uuid,
    /// Who sends it.
    pub sender: &'a str,
    /// To whom.
    pub to: &'a str,
    /// Of which survey it speaks.
    pub title: &'a str,
    /// Its language.
    pub language: Locale,
    /// When.
    pub at: Timestamp,
}

impl Letter<'_> {
    /// The letter, whole.
    ///
    /// # Errors
    /// [`Failure::Internal`] for an address that no letter can bear.
    pub fn write(&self, words: &Words) -> Result<Vec<u8>, Failure> {
        let say = |id: &str| words.say(self.language, id).unwrap_or_default();
        let unsent = |_| Failure::Internal("an address that no letter can bear".into());
        let sender: Mailbox = self.sender.parse().map_err(unsent)?;
        let to: Mailbox = self.to.parse().map_err(unsent)?;
        let body = format!(
            "{} {}\r\n\r\n{}\r\n\r\n{}\r\n",
            say(letter::GREETING),
            self.title,
            say(letter::TEXT),
            say(letter::NO_REPLY)
        );
        let seconds = u64::try_from(self.at.as_second()).unwrap_or_default();
        let id = format!("<{}@{}>", self.id, sender.email.domain());
        let written = Message::builder()
            .from(sender)
            .to(to)
            .subject(say(letter::SUBJECT))
            .message_id(Some(id))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .body(body)
            .map_err(|_| Failure::Internal("a letter that cannot be written".into()))?;
        Ok(written.formatted())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_letter_speaks_the_respondents_language_and_is_the_same_letter_each_time() {
        let words = Words::new().unwrap();
        let letter = Letter {
            id: Uuid::from_u128(7),
            sender: "surveys@example.org",
            to: "ann@example.com",
            title: "Arolwg\r\nBcc: x@example.com",
            language: Locale::Cy,
            at: Timestamp::UNIX_EPOCH,
        };
        let first = letter.write(&words).unwrap();
        assert_eq!(first, letter.write(&words).unwrap());
        let text = String::from_utf8(first).unwrap();
        assert!(text.contains("To: ann@example.com\r\n") && text.contains("@example.org>\r\n"), "{text}");
        assert!(text.contains(&words.say(Locale::Cy, letter::NO_REPLY).unwrap()), "{text}");
        assert!(text.contains("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"), "{text}");
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.contains("Bcc"), "what a title holds makes no header: {head}");
    }
}
