//! What the settings are made of, and how each part is read.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::reader::Reader;
use crate::record::EffectKind;
use crate::secret::SecretString;
use crate::store::cql::Cluster;
use crate::upstream::{Origin, Origins};

/// Where responses are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// In a file of this machine.
    Sqlite(PathBuf),
    /// In a Cassandra or Scylla cluster.
    Cassandra(Cluster),
    /// Nowhere: for benches. No variable says so.
    #[cfg(feature = "memory")]
    Memory,
}

/// A receiver of effects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Writes id and size to the log and drops the rest. For recordings only.
    Log,
    /// Files in a folder.
    Folder(PathBuf),
    /// A mail server, by its address with user and password: letters only.
    Smtp(SecretString),
}

/// Where each kind of effect goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receivers {
    /// Submissions.
    pub submission: Receiver,
    /// Feedback; absent: not offered.
    pub feedback: Option<Receiver>,
    /// Access codes and letters; absent: not offered.
    pub fulfilment: Option<Receiver>,
    /// Confirmation e-mails; absent: not offered.
    pub mail: Option<Receiver>,
}

impl Receivers {
    pub(super) fn read(from: &mut Reader, demo: bool) -> Receivers {
        let folder = |name: &str| Receiver::Folder(PathBuf::from(name));
        let submission = from.receiver("EQ_SUBMISSION_BACKEND");
        let submission = match submission {
            Some(receiver) => receiver,
            None if demo => folder("submissions"),
            None => {
                from.missing("EQ_SUBMISSION_BACKEND", "`folder:PATH` or `log`");
                Receiver::Log
            }
        };
        let smtp = from.smtp("SMTP_URL");
        let mut other = |name, path| from.receiver(name).or(demo.then(|| folder(path)));
        Receivers {
            submission,
            feedback: other("EQ_FEEDBACK_BACKEND", "submissions/feedback"),
            fulfilment: other("EQ_PUBLISHER_BACKEND", "submissions/fulfilments"),
            mail: smtp.or(other("EQ_SUBMISSION_CONFIRMATION_BACKEND", "submissions/mails")),
        }
    }

    /// The receiver of this kind of effect; none: not offered.
    #[must_use]
    pub fn of(&self, kind: EffectKind) -> Option<&Receiver> {
        match kind {
            EffectKind::Submission => Some(&self.submission),
            EffectKind::Fulfilment => self.fulfilment.as_ref(),
            EffectKind::Mail => self.mail.as_ref(),
            EffectKind::Feedback => self.feedback.as_ref(),
        }
    }
}

/// What is allowed how often, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Without a request for so long, a session ends; a definition may say less.
    pub session_timeout: SignedDuration,
    /// Requests for a separate form, per response.
    pub individual_requests: u32,
    /// Until when letters are offered; absent: never.
    pub post_until: Option<Timestamp>,
    /// Feedback per session.
    pub feedbacks: u16,
    /// Confirmation e-mails per session.
    pub mails: u16,
    /// How long a submitted response may be looked at.
    pub view_for: SignedDuration,
}

impl Limits {
    pub(super) fn read(from: &mut Reader, demo: bool) -> Limits {
        Limits {
            session_timeout: from.seconds("EQ_SESSION_TIMEOUT_SECONDS", 2700),
            individual_requests: from.parsed(
                "EQ_INDIVIDUAL_RESPONSE_LIMIT",
                if demo { 10 } else { 1 },
                "a number",
            ),
            post_until: from
                .moment("EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE")
                .or(demo.then_some(Timestamp::MAX)),
            feedbacks: from.parsed("EQ_FEEDBACK_LIMIT", 10, "a number"),
            mails: from.parsed("CONFIRMATION_EMAIL_LIMIT", 10, "a number"),
            view_for: from.seconds("VIEW_SUBMITTED_RESPONSE_EXPIRATION_IN_SECONDS", 2700),
        }
    }
}

/// Bounds that keep the service standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Longest body of a request, in bytes.
    pub body_bytes: usize,
    /// Connections at a time; more wait to be accepted.
    pub connections: usize,
    /// How long a connection may take over the next request's head, silence before it included; and then
    /// over its body; and over taking each part of a reply.
    pub read_timeout: SignedDuration,
    /// How long requests under way may take when the service stops.
    pub drain: SignedDuration,
    /// Requests of respondents at work at a time.
    pub in_progress: usize,
    /// Launches at a time.
    pub launches: usize,
    /// PDFs in the making at a time.
    pub pdf_workers: usize,
    /// How long one may be in the making.
    pub pdf_timeout: SignedDuration,
    /// Memory for linked questionnaires, in bytes.
    pub questionnaire_cache_bytes: usize,
    /// Time for one call of the store.
    pub store_timeout: SignedDuration,
}

impl Bounds {
    pub(super) fn read(from: &mut Reader) -> Bounds {
        Bounds {
            body_bytes: from.at_least("EQ_MAX_HTTP_POST_CONTENT_LENGTH", 65_536, 1),
            connections: from.at_least("MAX_CONNECTIONS", 10_000, 1),
            read_timeout: from.seconds("READ_TIMEOUT_SECONDS", 10),
            drain: from.seconds("DRAIN_SECONDS", 20),
            in_progress: from.at_least("MAX_IN_PROGRESS", 512, 1),
            launches: from.at_least("MAX_LAUNCHES", 32, 1),
            pdf_workers: from.at_least("PDF_WORKERS", 2, 1),
            pdf_timeout: from.seconds("PDF_TIMEOUT_SECONDS", 20),
            questionnaire_cache_bytes: from.at_least("QUESTIONNAIRE_CACHE_MIB", 256, 1) * 1024 * 1024,
            store_timeout: from.milliseconds("STORE_TIMEOUT_MILLISECONDS", 2000),
        }
    }
}

/// Addresses of other services and pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    /// The business account service.
    pub account_service: String,
    /// The social account service.
    pub account_service_social: String,
    /// The office's site.
    pub office: String,
    /// The same in Welsh.
    pub office_cy: String,
    /// Settings link of the cookie banner.
    pub cookie_settings: String,
    /// Who helps: shown on error pages and the accessibility statement.
    pub contact: Option<String>,
}

impl Links {
    pub(super) fn read(from: &mut Reader) -> Links {
        Links {
            account_service: from.url("ACCOUNT_SERVICE_BASE_URL", "https://surveys.ons.gov.uk"),
            account_service_social: from
                .url("ACCOUNT_SERVICE_BASE_URL_SOCIAL", "https://start.surveys.ons.gov.uk"),
            office: from.url("ONS_URL", "https://www.ons.gov.uk"),
            office_cy: from.url("ONS_URL_CY", "https://cy.ons.gov.uk"),
            cookie_settings: from.text("COOKIE_SETTINGS_URL", "#"),
            contact: from.optional("CONTACT", "text"),
        }
    }
}

/// Services that help with typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookups {
    /// Where lists of suggestions may lie.
    pub suggestions: Origins,
    /// What `{suggestions_url_root}` in a definition stands for.
    pub suggestions_root: Option<String>,
    /// The address look-up: its address and its origin.
    pub addresses: Option<(String, Origin)>,
    /// Whether it wants a signed token, and how far its clock may differ.
    pub addresses_auth: Option<SignedDuration>,
}

impl Lookups {
    pub(super) fn read(from: &mut Reader) -> Lookups {
        let auth = from.flag("ADDRESS_LOOKUP_API_AUTH_ENABLED", false);
        let leeway = from.seconds("ADDRESS_LOOKUP_API_AUTH_TOKEN_LEEWAY_IN_SECONDS", 300);
        let assets = from.optional_url("CDN_URL").and_then(|url| Origin::parse(&url));
        let suggestions_root = from.optional_url("SUGGESTIONS_URL_ROOT");
        let mut suggestions = from.origins("SUGGESTIONS_ORIGINS");
        suggestions.extend(assets);
        let addresses = from.optional_url("ADDRESS_LOOKUP_API_URL");
        let named = |url: &String| Origin::parse(url).map(Origin::inside);
        // First, because the first that fits decides: what the operator names by its address may lie inside.
        suggestions.splice(0..0, suggestions_root.as_ref().and_then(named));
        Lookups {
            suggestions,
            suggestions_root,
            addresses: addresses.and_then(|url| Some((url.clone(), named(&url)?))),
            addresses_auth: auth.then_some(leeway),
        }
    }
}

/// Services of the office that launches lean on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Where definitions may lie that a launch names by address.
    pub definitions: Origins,
    /// The registry of definitions: its address and its origin.
    pub registry: Option<(String, Origin)>,
    /// Whom the registry's tokens are for, where it wants them.
    pub registry_client: Option<String>,
    /// The file with the token that the registry wants, where it is an author's: then what it lists is known.
    pub registry_token: Option<PathBuf>,
    /// The service of supplementary data: its address and its origin.
    pub supplementary_data: Option<(String, Origin)>,
    /// Whom its tokens are for, where it wants them.
    pub supplementary_data_client: Option<String>,
}

impl Office {
    pub(super) fn read(from: &mut Reader) -> Office {
        let mut named =
            |name| from.optional_url(name).and_then(|url| Some((url.clone(), Origin::parse(&url)?.inside())));
        let (registry, supplementary_data) = (named("CIR_API_BASE_URL"), named("SDS_API_BASE_URL"));
        let wants_tokens = from.one_of("OIDC_TOKEN_BACKEND", &["local", "gcp"]).as_deref() == Some("gcp");
        let mut client = |name| from.optional::<String>(name, "text").filter(|_| wants_tokens);
        let (registry_client, supplementary_data_client) =
            (client("CIR_OAUTH2_CLIENT_ID"), client("SDS_OAUTH2_CLIENT_ID"));
        for (service, client, name) in [
            (&registry, &registry_client, "CIR_OAUTH2_CLIENT_ID"),
            (&supplementary_data, &supplementary_data_client, "SDS_OAUTH2_CLIENT_ID"),
        ] {
            if wants_tokens && service.is_some() && client.is_none() {
                from.missing(name, "the client id that tokens are for");
            }
        }
        Office {
            definitions: from.origins("SCHEMA_URL_ORIGINS"),
            registry,
            registry_client,
            registry_token: from.path("CIR_TOKEN_FILE", None),
            supplementary_data,
            supplementary_data_client,
        }
    }
}

/// Between which languages a respondent may switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LanguageSwitch {
    /// All that the definition has.
    All,
    /// English and Welsh, in the questionnaires of these names; none in others. eQ's rule.
    Only(Vec<String>),
}
