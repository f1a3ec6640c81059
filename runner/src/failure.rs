//! What goes wrong → status, page, and one log line with a reference to quote.
//!
//! Source: spec/03 §10; design "Denials and faults".

use http::StatusCode;
use schema::Questionnaire;
use schema::rule::Fault;
use templates::{Limit, OwnPage};
use uuid::Uuid;

use crate::launch::LaunchRefused;
use crate::library::NoQuestionnaire;
use crate::pdf::NoPdf;
use crate::seal::{SealFailed, Unopened};
use crate::serving::body::BodyFault;
use crate::serving::lane::WorkLost;
use crate::store::StoreError;
use crate::upstream::supplementary::NoData;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub enum Failure {
    /// Not signed in, or no longer; a form that proves nothing.
    SignedOut,
    /// This session's response was submitted.
    Submitted,
    /// A launch that is refused.
    Launch(LaunchRefused),
    /// Lacks the role.
    Forbidden,
    /// Not there, or not open.
    NotFound,
    /// An address that lacks something, or holds what is not ours.
    BadRequest,
    /// There, but not for this method.
    WrongMethod,
    /// A limit was reached.
    TooMany(Limit),
    /// A body that is not taken.
    Body(BodyFault),
    /// A definition that cannot be carried out here: where, and why.
    Definition {
        /// The block's id, where it is one's.
        block: Option<String>,
        /// Where in the definition.
        pointer: String,
        /// Why.
        why: String,
    },
    /// A launch that names supplementary data which are not to be had.
    Supplementary(NoData),
    /// No questionnaire to show.
    Questionnaire(NoQuestionnaire),
    /// The store is away, a write's outcome is unknown, or others won until the deadline.
    Unavailable,
    /// A PDF that cannot be made now.
    NoPdf {
        /// Why.
        why: NoPdf,
        /// Where it was asked for.
        again: String,
        /// The page that it would have been of.
        back: &'static str,
    },
    /// Too many at once.
    Busy,
    /// Ours.
    Internal(String),
}

impl Failure {
    /// A fault met while running a questionnaire.
    #[must_use]
    pub fn fault(questionnaire: &Questionnaire, fault: &Fault) -> Failure {
        Failure::Definition {
            block: fault.block.map(|block| questionnaire.block(block).id.to_string()),
            pointer: fault.pointer.0.to_string(),
            why: format!("{:?}", fault.why),
        }
    }

    /// The status that goes with it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Failure::SignedOut | Failure::Submitted => StatusCode::UNAUTHORIZED,
            Failure::Launch(refused) => {
                StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::FORBIDDEN)
            }
            Failure::Forbidden => StatusCode::FORBIDDEN,
            Failure::NotFound => StatusCode::NOT_FOUND,
            Failure::BadRequest => StatusCode::BAD_REQUEST,
            Failure::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Failure::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Failure::Body(BodyFault::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::Body(BodyFault::TooSlow) => StatusCode::REQUEST_TIMEOUT,
            Failure::Body(BodyFault::Broken | BodyFault::Malformed) => StatusCode::BAD_REQUEST,
            Failure::Unavailable | Failure::Busy | Failure::NoPdf { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Questionnaire(NoQuestionnaire::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Definition { .. }
            | Failure::Questionnaire(_)
            | Failure::Supplementary(_)
            | Failure::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs it, once, here. Gives the reference that the page shows and the log line bears, where one helps.
    #[must_use]
    pub fn log(&self, method: &http::Method, path: &str) -> Option<String> {
        let status = self.status();
        if !status.is_server_error() {
            if let Failure::Launch(refused) = self {
                tracing::warn!(%refused, "a launch was refused");
            }
            return None;
        }
        let reference = Uuid::new_v4().simple().to_string()[..12].to_owned();
        match self {
            Failure::Definition { block, pointer, why } => {
                let block = block.as_deref().unwrap_or_default();
                tracing::error!(reference, %method, path, block, pointer, why, "a definition cannot be carried out here");
            }
            Failure::Questionnaire(why) => tracing::error!(reference, %why, "no questionnaire"),
            Failure::Supplementary(why) => tracing::error!(reference, %why, "no supplementary data"),
            Failure::Unavailable => {
                tracing::error!(reference, %method, path, "the store gave no answer in time")
            }
            Failure::NoPdf { why: why @ NoPdf::Busy, .. } => tracing::warn!(reference, path, %why, "no PDF"),
            Failure::NoPdf { why, .. } => tracing::error!(reference, path, %why, "no PDF"),
            Failure::Busy => tracing::warn!(reference, "too busy"),
            Failure::Internal(why) => tracing::error!(reference, %method, path, why, "failed"),
            _ => {}
        }
        Some(reference)
    }

    /// The page that says it.
    #[must_use]
    pub fn page<'a>(&'a self, reference: Option<&'a str>, form: Vec<(&'a str, &'a str)>) -> OwnPage<'a> {
        match self {
            Failure::SignedOut => OwnPage::SignIn,
            Failure::Launch(refused) if refused.status() == 401 => OwnPage::SignIn,
            Failure::Launch(_) | Failure::Forbidden => OwnPage::Forbidden,
            Failure::Submitted => OwnPage::SubmissionComplete { back: "/submitted/thank-you/" },
            Failure::NotFound | Failure::WrongMethod => OwnPage::NotFound,
            Failure::TooMany(limit) => OwnPage::TooMany { limit: *limit },
            Failure::Unavailable | Failure::Busy | Failure::Questionnaire(NoQuestionnaire::Store(_)) => {
                OwnPage::Unavailable { reference, form }
            }
            Failure::NoPdf { again, back, .. } => OwnPage::NoPdf { reference, again, back },
            Failure::BadRequest
            | Failure::Body(_)
            | Failure::Definition { .. }
            | Failure::Questionnaire(_)
            | Failure::Supplementary(_)
            | Failure::Internal(_) => OwnPage::Problem { reference },
        }
    }
}

impl From<StoreError> for Failure {
    fn from(_: StoreError) -> Failure {
        Failure::Unavailable
    }
}

impl From<NoQuestionnaire> for Failure {
    fn from(why: NoQuestionnaire) -> Failure {
        Failure::Questionnaire(why)
    }
}

impl From<NoData> for Failure {
    fn from(why: NoData) -> Failure {
        Failure::Supplementary(why)
    }
}

impl From<LaunchRefused> for Failure {
    fn from(refused: LaunchRefused) -> Failure {
        Failure::Launch(refused)
    }
}

impl From<SealFailed> for Failure {
    fn from(failed: SealFailed) -> Failure {
        Failure::Internal(failed.to_string())
    }
}

impl From<crate::jose::SealFailed> for Failure {
    fn from(failed: crate::jose::SealFailed) -> Failure {
        Failure::Internal(failed.to_string())
    }
}

impl From<Unopened> for Failure {
    fn from(unopened: Unopened) -> Failure {
        Failure::Internal(unopened.to_string())
    }
}

impl From<WorkLost> for Failure {
    fn from(lost: WorkLost) -> Failure {
        Failure::Internal(lost.to_string())
    }
}

impl From<BodyFault> for Failure {
    fn from(fault: BodyFault) -> Failure {
        Failure::Body(fault)
    }
}

impl From<templates::RenderError> for Failure {
    fn from(error: templates::RenderError) -> Failure {
        Failure::Internal(error.to_string())
    }
}
