//! Pages that no engine page stands behind: what went wrong, where to go instead, and the demo's.

use schema::text::Html;
use serde::Serialize;

/// A page of our own.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OwnPage<'a> {
    /// 401, and `/session-expired`: not signed in, or no longer.
    SignIn,
    /// 401 of a session whose response was submitted.
    SubmissionComplete {
        back: &'a str,
    },
    /// 403
    Forbidden,
    /// 404 and 405
    NotFound,
    /// 429
    TooMany {
        limit: Limit,
    },
    /// 400 and 500
    Problem {
        /// To quote when asking for help.
        reference: Option<&'a str>,
    },
    /// 503: the store is away, or the service is full. What was saved before is safe.
    Unavailable {
        reference: Option<&'a str>,
        /// What was typed, to be sent again by one press: names and values in order. Never logged.
        form: Vec<(&'a str, &'a str)>,
    },
    /// 503: no PDF can be made now.
    NoPdf {
        reference: Option<&'a str>,
        /// Where it was asked for.
        again: &'a str,
        /// The page that it would have been of.
        back: &'a str,
    },
    /// Asks what somebody thinks of the service (spec/03 §7.3).
    Feedback(FeedbackPage<'a>),
    FeedbackSent,
    /// Asks where to send a confirmation (spec/03 §7.2).
    EmailSend(EmailSendPage<'a>),
    /// Asks whether an address is right.
    EmailConfirm(EmailConfirmPage<'a>),
    EmailSent(EmailSentPage<'a>),
    SignedOut,
    Cookies(InformationPage<'a>),
    Privacy(InformationPage<'a>),
    Accessibility(InformationPage<'a>),
    DemoList(DemoList<'a>),
    DemoLaunch(DemoLaunch<'a>),
    DemoSubmitted(DemoSubmitted<'a>),
}

/// What stands against a field of one of our own forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OwnError {
    /// The field's id.
    pub field: &'static str,
    /// The message that says it.
    pub message: &'static str,
}

impl OwnError {
    /// Not said what the feedback is about.
    pub const FEEDBACK_KIND: OwnError = OwnError { field: "feedback-type", message: "feedback-about" };
    /// Nothing written.
    pub const FEEDBACK_MISSING: OwnError =
        OwnError { field: "feedback-text", message: "feedback-text-label" };
    /// More than a thousand characters.
    pub const FEEDBACK_TOO_LONG: OwnError =
        OwnError { field: "feedback-text", message: "feedback-text-too-long" };
    /// No address typed.
    pub const EMAIL_MISSING: OwnError = OwnError { field: "email", message: "error-mandatory-email" };
    /// What was typed is no address.
    pub const EMAIL_INVALID: OwnError = OwnError { field: "email", message: "error-invalid-email-format" };
    /// Not said whether an address is right.
    pub const EMAIL_UNCONFIRMED: OwnError =
        OwnError { field: "confirm-email", message: "email-confirm-missing" };
}

/// Messages of a confirmation's letter.
pub mod letter {
    pub const SUBJECT: &str = "mail-subject";
    /// Before the survey's title.
    pub const GREETING: &str = "mail-greeting";
    pub const TEXT: &str = "mail-text";
    pub const NO_REPLY: &str = "mail-no-reply";
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedbackPage<'a> {
    /// Which of [`FEEDBACK_KINDS`] was chosen.
    pub chosen: Option<usize>,
    pub text: &'a str,
    pub errors: Vec<OwnError>,
}

/// What feedback may be about: messages, in the page's order.
pub const FEEDBACK_KINDS: [&str; 3] =
    ["feedback-about-questions", "feedback-about-design", "feedback-about-service"];

#[derive(Clone, Debug, Serialize)]
pub struct EmailSendPage<'a> {
    pub value: &'a str,
    pub errors: Vec<OwnError>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EmailConfirmPage<'a> {
    pub address: &'a str,
    pub errors: Vec<OwnError>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EmailSentPage<'a> {
    pub address: &'a str,
    /// The address that it comes from.
    pub sender: &'a str,
    pub can_send_another: bool,
    pub has_feedback: bool,
}

/// What was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    AccessCodes,
    Feedback,
}

/// About the service: an operator can replace what is said.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InformationPage<'a> {
    /// The operator's words; none for ours.
    pub body: Option<Html<'a>>,
    /// Their language, where it is not the page's.
    pub language: Option<&'static str>,
}

/// What can be tried.
#[derive(Clone, Debug, Serialize)]
pub struct DemoList<'a> {
    pub groups: Vec<DemoGroup<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DemoGroup<'a> {
    /// The folder's; `surveys` and `features` have a heading in words.
    pub name: &'a str,
    pub questionnaires: Vec<DemoQuestionnaire<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DemoQuestionnaire<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub href: String,
    pub facts: DemoFacts<'a>,
    /// Names of its languages.
    pub languages: Vec<&'a str>,
}

/// What else is known of a questionnaire, by where it comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DemoFacts<'a> {
    /// From a folder.
    Sample {
        theme: &'a str,
        /// How many blocks it has, on every path together.
        pages: usize,
    },
    /// From an author.
    Published {
        /// The version's number.
        version: i64,
    },
}

/// The form that launches a questionnaire.
#[derive(Clone, Debug, Serialize)]
pub struct DemoLaunch<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub back: &'a str,
    pub languages: Vec<DemoLanguage<'a>>,
    pub fields: Vec<DemoField<'a>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DemoLanguage<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub is_chosen: bool,
}

/// A claim that the questionnaire's metadata declares.
#[derive(Clone, Debug, Serialize)]
pub struct DemoField<'a> {
    pub name: &'a str,
    /// `string`, `date`, `boolean`, `uuid` or `url`.
    pub kind: &'a str,
    pub value: String,
    pub is_optional: bool,
    pub error: Option<String>,
}

/// What left: shown instead of being sent.
#[derive(Clone, Debug, Serialize)]
pub struct DemoSubmitted<'a> {
    /// The submission, as indented JSON.
    pub json: String,
    pub back: &'a str,
}

impl OwnPage<'_> {
    pub(crate) fn template(&self) -> &'static str {
        match self {
            Self::SignIn => "pages/sign-in.html",
            Self::SubmissionComplete { .. } => "pages/submission-complete.html",
            Self::Forbidden => "pages/forbidden.html",
            Self::NotFound => "pages/not-found.html",
            Self::TooMany { .. } => "pages/too-many.html",
            Self::Problem { .. } => "pages/problem.html",
            Self::Unavailable { .. } => "pages/unavailable.html",
            Self::NoPdf { .. } => "pages/no-pdf.html",
            Self::Feedback(_) => "pages/feedback.html",
            Self::FeedbackSent => "pages/feedback-sent.html",
            Self::EmailSend(_) => "pages/email-send.html",
            Self::EmailConfirm(_) => "pages/email-confirm.html",
            Self::EmailSent(_) => "pages/email-sent.html",
            Self::SignedOut => "pages/signed-out.html",
            Self::Cookies(_) | Self::Privacy(_) | Self::Accessibility(_) => "pages/information.html",
            Self::DemoList(_) => "pages/demo-list.html",
            Self::DemoLaunch(_) => "pages/demo-launch.html",
            Self::DemoSubmitted(_) => "pages/demo-submitted.html",
        }
    }

    /// A title of its own, or the message that is it (spec/03 §10).
    pub(crate) fn title(&self) -> Result<&str, &'static str> {
        Err(match self {
            Self::SignIn => "sign-in-title",
            Self::SubmissionComplete { .. } => "submission-complete-title",
            Self::Forbidden => "forbidden-title",
            Self::NotFound => "not-found-title",
            Self::TooMany { limit: Limit::AccessCodes } => "too-many-codes-title",
            Self::TooMany { limit: Limit::Feedback } => "too-many-feedback-title",
            Self::Problem { .. } => "problem-title",
            Self::Unavailable { .. } => "unavailable-title",
            Self::NoPdf { .. } => "no-pdf-title",
            Self::Feedback(_) => "feedback-title",
            Self::FeedbackSent => "feedback-sent-title",
            Self::EmailSend(_) => "email-send-title",
            Self::EmailConfirm(_) => "email-confirm-title",
            Self::EmailSent(_) => "email-sent-title",
            Self::SignedOut => "signed-out-title",
            Self::Cookies(_) => "cookies-title",
            Self::Privacy(_) => "privacy-title",
            Self::Accessibility(_) => "accessibility-title",
            Self::DemoList(_) => "demo-list-title",
            Self::DemoLaunch(page) => return Ok(page.title),
            Self::DemoSubmitted(_) => "demo-submitted-title",
        })
    }

    pub(crate) fn at(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SubmissionComplete { .. } => "submission-complete",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::TooMany { .. } => "too-many",
            Self::Problem { .. } => "problem",
            Self::Unavailable { .. } => "unavailable",
            Self::NoPdf { .. } => "no-pdf",
            Self::Feedback(_) => "feedback",
            Self::FeedbackSent => "feedback-sent",
            Self::EmailSend(_) => "email-send",
            Self::EmailConfirm(_) => "email-confirm",
            Self::EmailSent(_) => "email-sent",
            Self::SignedOut => "signed-out",
            Self::Cookies(_) => "cookies",
            Self::Privacy(_) => "privacy",
            Self::Accessibility(_) => "accessibility",
            Self::DemoList(_) => "demo",
            Self::DemoLaunch(_) => "demo-launch",
            Self::DemoSubmitted(_) => "demo-submitted",
        }
    }

    pub(crate) fn previous(&self) -> Option<&str> {
        match self {
            Self::NoPdf { back, .. } => Some(back),
            Self::Feedback(_) => Some("/submitted/thank-you/"),
            Self::DemoLaunch(page) => Some(page.back),
            Self::DemoSubmitted(page) => Some(page.back),
            _ => None,
        }
    }

    /// Whether it is shown again because of what was typed.
    pub(crate) fn is_refused(&self) -> bool {
        match self {
            Self::Feedback(FeedbackPage { errors, .. })
            | Self::EmailSend(EmailSendPage { errors, .. })
            | Self::EmailConfirm(EmailConfirmPage { errors, .. }) => !errors.is_empty(),
            _ => false,
        }
    }

    /// Whether the response was submitted before it: then a thank-you page is there to come back to.
    pub(crate) fn is_after(&self) -> bool {
        matches!(
            self,
            Self::Feedback(_)
                | Self::FeedbackSent
                | Self::EmailSend(_)
                | Self::EmailConfirm(_)
                | Self::EmailSent(_)
        )
    }
}
