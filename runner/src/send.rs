//! How effects leave: signed and encrypted for their receiver, and sent so that twice is once.
//!
//! Source: spec/05 §4–5.

mod folder;

use std::time::Duration;

use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::time::timeout;

use crate::config;
use crate::jose::{self, SealFailed};
use crate::keys::{Keys, Purpose};
use crate::record::{EffectKind, Owed};
use crate::secret::SecretString;
use crate::serving::lane::Lane;

/// How long a receiver may take to confirm.
const CONFIRM_WITHIN: Duration = Duration::from_secs(30);
/// Effects being written to folders at a time.
const FOLDER_LANE: usize = 4;

/// In what form effects leave.
pub enum Wrapping<'a> {
    /// As they are: in the demonstration, so that one can see what was submitted.
    Clear,
    /// Signed with our submission key, encrypted to the receiver's.
    Sealed(&'a Keys),
}

impl Wrapping<'_> {
    /// Makes what leaves of a payload. Dear when sealed (0.4 ms to sign): call it in a lane.
    ///
    /// # Errors
    /// [`SealFailed`], also when the key file has no submission keys: start-up should ask
    /// [`can_seal`] first.
    pub fn wrap(&self, payload: &[u8]) -> Result<Vec<u8>, SealFailed> {
        let Wrapping::Sealed(keys) = self else { return Ok(payload.to_vec()) };
        let signer = keys.first_private(Purpose::Submission).ok_or(SealFailed)?;
        let receiver = keys.first_public(Purpose::Submission).ok_or(SealFailed)?;
        jose::seal(payload, signer, receiver).map(String::into_bytes)
    }
}

/// Whether a key file has what submissions are signed with and encrypted to.
#[must_use]
pub fn can_seal(keys: &Keys) -> bool {
    keys.first_private(Purpose::Submission).is_some() && keys.first_public(Purpose::Submission).is_some()
}

/// Why an effect is still owed. It is tried again until it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The receiver refused, or could not be reached or written to.
    #[error("the receiver did not take it")]
    Refused,
    /// No confirmation in time; it may have arrived.
    #[error("the receiver did not confirm in time")]
    NotConfirmed,
    /// Nobody receives effects of this kind.
    #[error("no receiver is configured for it")]
    NoReceiver,
}

/// The receivers of all kinds of effects.
pub struct Senders {
    receivers: config::Receivers,
    lane: Lane,
    letters: Option<Smtp>,
}

/// A mail server.
pub type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// The mail server of this address; none when it is no such address. Connects to nothing yet.
#[must_use]
pub fn smtp(url: &SecretString) -> Option<Smtp> {
    let server = Smtp::from_url(url.expose()).ok()?;
    Some(server.timeout(Some(CONFIRM_WITHIN / 2)).build())
}

impl Senders {
    /// To the configured receivers. Folders are made when the first effect comes.
    #[must_use]
    pub fn new(receivers: config::Receivers) -> Senders {
        let letters = match &receivers.mail {
            Some(config::Receiver::Smtp(url)) => smtp(url),
            _ => None,
        };
        Senders { receivers, lane: Lane::new(FOLDER_LANE), letters }
    }

    /// Whether effects of this kind can be sent: what has no receiver must not be offered.
    #[must_use]
    pub fn has(&self, kind: EffectKind) -> bool {
        self.receivers.of(kind).is_some()
    }

    /// Sends, and returns when the receiver has confirmed. Sent again under the same id, nothing is added.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, effect: &Owed) -> Result<(), SendError> {
        match self.receivers.of(effect.kind).ok_or(SendError::NoReceiver)? {
            config::Receiver::Log => {
                let bytes = effect.bytes.len();
                tracing::info!(id = %effect.id, kind = ?effect.kind, bytes, "an effect was dropped, as configured");
                Ok(())
            }
            config::Receiver::Folder(folder) => {
                let (folder, effect) = (folder.clone(), effect.clone());
                let written = self.lane.run(move || folder::keep(&folder, &effect));
                match timeout(CONFIRM_WITHIN, written).await {
                    Err(_) => Err(SendError::NotConfirmed),
                    Ok(Ok(Ok(()))) => Ok(()),
                    Ok(Ok(Err(error))) => {
                        tracing::warn!(%error, "an effect could not be written to its folder");
                        Err(SendError::Refused)
                    }
                    Ok(Err(_)) => Err(SendError::Refused),
                }
            }
            config::Receiver::Smtp(_) => {
                let (Some(server), Some(envelope)) = (&self.letters, envelope(effect)) else {
                    return Err(SendError::NoReceiver);
                };
                match timeout(CONFIRM_WITHIN, server.send_raw(&envelope, &effect.bytes)).await {
                    Err(_) => Err(SendError::NotConfirmed),
                    Ok(Ok(_)) => Ok(()),
                    // What the server said may quote the address.
                    Ok(Err(_)) => Err(SendError::Refused),
                }
            }
        }
    }
}

/// Who a letter is from and to: its sender's line, and the header that the handler left.
fn envelope(effect: &Owed) -> Option<Envelope> {
    let to = effect.headers.iter().find(|(name, _)| name == "to")?.1.parse().ok()?;
    let head = std::str::from_utf8(&effect.bytes).ok()?;
    let from = head.lines().find_map(|line| line.strip_prefix("From: "))?;
    let from: lettre::message::Mailbox = from.parse().ok()?;
    Envelope::new(Some(from.email), vec![to]).ok()
}
