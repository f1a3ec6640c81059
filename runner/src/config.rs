//! Every variable the service reads, checked at start, all faults at once.
//!
//! eQ's names are kept where it has one, so that its settings configure this service; those that mean nothing
//! here are accepted and reported once. `runner --help` prints the same table.
//!
//! Source: spec/03 §11.

mod reader;
mod table;

use std::net::IpAddr;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

pub use reader::ConfigFault;
use reader::Reader;
pub use table::{VARIABLES, Variable, help};

use crate::record::EffectKind;
use crate::secret::SecretString;
use crate::upstream::{Origin, Origins};

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where respondents come in.
    pub host: IpAddr,
    /// Its port; 0 takes any free one.
    pub port: u16,
    /// Where `/metrics`, `/livez` and `/readyz` answer besides; nowhere when absent.
    pub admin_port: Option<u16>,
    /// Whether this is the demonstration: development keys, a launcher, submissions in clear.
    pub demo: bool,
    /// Folders below which questionnaires are found.
    pub questionnaires: Vec<PathBuf>,
    /// Where responses are kept.
    pub store: StoreConfig,
    /// Whose responses these are; part of every key.
    pub tenant: String,
    /// The key file; in the demonstration absent unless set.
    pub keys_file: Option<PathBuf>,
    /// The secrets file; in the demonstration absent unless set.
    pub secrets_file: Option<PathBuf>,
    /// Where the demonstration keeps keys made for it.
    pub development_folder: PathBuf,
    /// Whether pages are compressed here instead of at the edge.
    pub compress: bool,
    /// Whether cookies are for https only.
    pub secure_cookie: bool,
    /// Where effects go.
    pub receivers: Receivers,
    /// The address that confirmations come from.
    pub mail_from: String,
    /// What is allowed how often, and for how long.
    pub limits: Limits,
    /// Bounds that keep the service standing.
    pub bounds: Bounds,
    /// Addresses of other services and pages.
    pub links: Links,
    /// Services that help with typing.
    pub lookups: Lookups,
    /// Services of the office that launches lean on.
    pub office: Office,
    /// Theme of pages before a launch: `business`, `social`, …
    pub survey_type: String,
    /// Between which languages a respondent may switch.
    pub language_switch: LanguageSwitch,
    /// Variables that are set and mean nothing here: one line each, to be logged once.
    pub notices: Vec<String>,
}

/// Where responses are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// In a file of this machine.
    Sqlite(PathBuf),
    /// In a Cassandra or Scylla cluster, entered by these hosts (`HOST` or `HOST:PORT`).
    Cassandra(Vec<String>),
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
    /// Memory for linked questionnaires, in bytes.
    pub questionnaire_cache_bytes: usize,
    /// Time for one call of the store.
    pub store_timeout: SignedDuration,
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

/// Services of the office that launches lean on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Where definitions may lie that a launch names by address.
    pub definitions: Origins,
    /// The registry of definitions: its address and its origin.
    pub registry: Option<(String, Origin)>,
    /// Whom the registry's tokens are for, where it wants them.
    pub registry_client: Option<String>,
    /// The service of supplementary data: its address and its origin.
    pub supplementary_data: Option<(String, Origin)>,
    /// Whom its tokens are for, where it wants them.
    pub supplementary_data_client: Option<String>,
}

/// Between which languages a respondent may switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LanguageSwitch {
    /// All that the definition has.
    All,
    /// English and Welsh, in the questionnaires of these names; none in others. eQ's rule.
    Only(Vec<String>),
}

impl Config {
    /// Reads all variables.
    ///
    /// # Errors
    /// Every fault there is, not the first.
    pub fn read(vars: impl IntoIterator<Item = (String, String)>) -> Result<Config, Vec<ConfigFault>> {
        let mut from = Reader::new(vars);
        let demo = from.flag("DEMO", false);
        let keys_file = from.path("EQ_KEYS_FILE", (!demo).then_some("keys.yml"));
        let secrets_file = from.path("EQ_SECRETS_FILE", (!demo).then_some("secrets.yml"));
        let config = Config {
            host: from.parsed("HOST", IpAddr::from([127, 0, 0, 1]), "an IP address"),
            port: from.parsed("PORT", 5000, "a port"),
            admin_port: from.optional("ADMIN_PORT", "a port"),
            demo,
            questionnaires: from.roots("QUESTIONNAIRES", "questionnaires"),
            store: from.store("STORE"),
            tenant: from.text("TENANT", "default"),
            keys_file,
            secrets_file,
            development_folder: PathBuf::from(from.text("DEVELOPMENT_KEYS", ".canvass")),
            compress: from.flag("COMPRESS", false),
            secure_cookie: from.flag("EQ_ENABLE_SECURE_SESSION_COOKIE", !demo),
            receivers: receivers(&mut from, demo),
            mail_from: from.mailbox("MAIL_FROM", "census.2021@notifications.service.gov.uk"),
            limits: limits(&mut from),
            bounds: bounds(&mut from),
            links: links(&mut from),
            lookups: lookups(&mut from),
            office: office(&mut from),
            survey_type: from.text("SURVEY_TYPE", "business"),
            language_switch: from.language_switch("LANGUAGE_SWITCH"),
            notices: from.notices(),
        };
        from.finish(config)
    }
}

fn receivers(from: &mut Reader, demo: bool) -> Receivers {
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

fn limits(from: &mut Reader) -> Limits {
    Limits {
        session_timeout: from.seconds("EQ_SESSION_TIMEOUT_SECONDS", 2700),
        individual_requests: from.parsed("EQ_INDIVIDUAL_RESPONSE_LIMIT", 1, "a number"),
        post_until: from.moment("EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE"),
        feedbacks: from.parsed("EQ_FEEDBACK_LIMIT", 10, "a number"),
        mails: from.parsed("CONFIRMATION_EMAIL_LIMIT", 10, "a number"),
        view_for: from.seconds("VIEW_SUBMITTED_RESPONSE_EXPIRATION_IN_SECONDS", 2700),
    }
}

fn bounds(from: &mut Reader) -> Bounds {
    Bounds {
        body_bytes: from.at_least("EQ_MAX_HTTP_POST_CONTENT_LENGTH", 65_536, 1),
        connections: from.at_least("MAX_CONNECTIONS", 10_000, 1),
        read_timeout: from.seconds("READ_TIMEOUT_SECONDS", 10),
        drain: from.seconds("DRAIN_SECONDS", 20),
        in_progress: from.at_least("MAX_IN_PROGRESS", 512, 1),
        launches: from.at_least("MAX_LAUNCHES", 32, 1),
        questionnaire_cache_bytes: from.at_least("QUESTIONNAIRE_CACHE_MIB", 256, 1) * 1024 * 1024,
        store_timeout: from.milliseconds("STORE_TIMEOUT_MILLISECONDS", 2000),
    }
}

fn links(from: &mut Reader) -> Links {
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

fn office(from: &mut Reader) -> Office {
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
        supplementary_data,
        supplementary_data_client,
    }
}

fn lookups(from: &mut Reader) -> Lookups {
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
        Config::read(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    /// The settings the conformance journeys were recorded under.
    const RECORDED: &[(&str, &str)] = &[
        ("EQ_QUESTIONNAIRE_STATE_TABLE_NAME", "dev-questionnaire-state"),
        ("EQ_SESSION_TABLE_NAME", "dev-eq-session"),
        ("EQ_USED_JTI_CLAIM_TABLE_NAME", "dev-used-jti-claim"),
        ("EQ_ENABLE_SECURE_SESSION_COOKIE", "False"),
        ("EQ_ENABLE_LIVE_RELOAD", "True"),
        ("EQ_SUBMISSION_BACKEND", "log"),
        ("EQ_FEEDBACK_BACKEND", "log"),
        ("EQ_PUBLISHER_BACKEND", "log"),
        ("EQ_STORAGE_BACKEND", "datastore"),
        ("EQ_SECRETS_FILE", "keys/secrets.yml"),
        ("EQ_KEYS_FILE", "keys/keys.yml"),
        ("EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE", "2021-04-28T14:00:00+00:00"),
        ("CDN_URL", "https://cdn.eq.gcp.onsdigital.uk"),
        ("CDN_ASSETS_PATH", "/design-system"),
        ("ADDRESS_LOOKUP_API_URL", "https://whitelodge-ai-api.census-gcp.onsdigital.uk"),
        ("COOKIE_SETTINGS_URL", "#"),
        ("EQ_SUBMISSION_CONFIRMATION_BACKEND", "log"),
        ("SDS_API_BASE_URL", "http://localhost:5003"),
        ("CIR_API_BASE_URL", "http://localhost:5004"),
        ("OIDC_TOKEN_BACKEND", "local"),
        ("SURVEY_TYPE", "business"),
        ("EQ_SERVER_SIDE_STORAGE_USER_ID_ITERATIONS", "10000"),
        ("ADDRESS_LOOKUP_API_AUTH_ENABLED", "False"),
    ];

    #[test]
    fn recorded_settings_configure_the_service_as_they_stand() {
        let config = read(RECORDED).unwrap();
        assert!(!config.secure_cookie);
        assert_eq!(config.receivers.submission, Receiver::Log);
        assert_eq!(config.keys_file.as_deref(), Some(std::path::Path::new("keys/keys.yml")));
        assert_eq!(config.limits.post_until.unwrap().as_second(), 1_619_618_400);
        assert_eq!(config.lookups.addresses_auth, None);
        assert_eq!(config.lookups.suggestions.len(), 1, "assets of eQ's hold its lists");
        let named = |name: &str| config.notices.iter().filter(|notice| notice.contains(name)).count();
        assert_eq!(named("EQ_SESSION_TABLE_NAME"), 1);
        assert_eq!(named("EQ_STORAGE_BACKEND"), 1);
        assert_eq!(named("EQ_KEYS_FILE"), 0);
    }

    #[test]
    fn the_demonstration_needs_no_variable_but_its_own() {
        let config = read(&[("DEMO", "true")]).unwrap();
        assert_eq!(config.keys_file, None);
        assert_eq!(config.store, StoreConfig::Sqlite("responses.db".into()));
        assert_eq!(config.receivers.submission, Receiver::Folder("submissions".into()));
        assert!(!config.secure_cookie);
        assert!(config.notices.is_empty());
    }

    #[test]
    fn all_faults_are_reported_at_once_by_name() {
        let faults = read(&[
            ("PORT", "seventy"),
            ("HOST", "here"),
            ("STORE", "redis:x"),
            ("EQ_SESSION_TIMEOUT_SECONDS", "-1"),
            ("EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE", "2021-04-28"),
            ("EQ_PUBLISHER_BACKEND", "pubsub"),
            ("ONS_URL", "ons"),
            ("MAX_CONNECTIONS", "0"),
            ("QUESTIONNAIRES", ":"),
        ])
        .unwrap_err();
        let names: Vec<&str> = faults.iter().map(|fault| fault.variable).collect();
        for name in [
            "PORT",
            "HOST",
            "STORE",
            "EQ_SESSION_TIMEOUT_SECONDS",
            "EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE",
            "EQ_PUBLISHER_BACKEND",
            "ONS_URL",
            "MAX_CONNECTIONS",
            "QUESTIONNAIRES",
            "EQ_SUBMISSION_BACKEND",
        ] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
    }

    #[test]
    fn stores_and_roots_are_read_from_their_lists() {
        let config = read(&[
            ("DEMO", "1"),
            ("STORE", "cassandra:10.0.0.1,10.0.0.2:9043"),
            ("QUESTIONNAIRES", "a:b/c"),
            ("LANGUAGE_SWITCH", "test_language,cris_0001"),
        ])
        .unwrap();
        assert_eq!(config.store, StoreConfig::Cassandra(vec!["10.0.0.1".into(), "10.0.0.2:9043".into()]));
        assert_eq!(config.questionnaires, [PathBuf::from("a"), PathBuf::from("b/c")]);
        let only = vec!["test_language".to_owned(), "cris_0001".to_owned()];
        assert_eq!(config.language_switch, LanguageSwitch::Only(only));
    }

    #[test]
    fn help_describes_every_variable() {
        let help = help();
        for variable in VARIABLES {
            assert!(help.contains(variable.name), "{}", variable.name);
        }
    }
}
