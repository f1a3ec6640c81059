//! Every variable the service reads, checked at start, all faults at once.
//!
//! eQ's names are kept where it has one, so that its settings configure this service; those that mean nothing
//! here are accepted and reported once. `runner --help` prints the same table.
//!
//! Source: spec/03 §11.

mod parts;
mod reader;
mod table;

use std::net::IpAddr;
use std::path::PathBuf;

pub use parts::{Bounds, LanguageSwitch, Limits, Links, Lookups, Office, Receiver, Receivers, StoreConfig};
pub use reader::ConfigFault;
use reader::Reader;
pub use table::{VARIABLES, Variable, help};

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
    /// The program that writes PDFs; beside this one when absent.
    pub pdf_worker: Option<PathBuf>,
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
    /// The folder with what the operator says about the service; ours is said when absent.
    pub information: Option<PathBuf>,
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
            pdf_worker: from.path("PDF_WORKER", None),
            compress: from.flag("COMPRESS", false),
            secure_cookie: from.flag("EQ_ENABLE_SECURE_SESSION_COOKIE", !demo),
            receivers: Receivers::read(&mut from, demo),
            mail_from: from.mailbox("MAIL_FROM", "census.2021@notifications.service.gov.uk"),
            limits: Limits::read(&mut from, demo),
            bounds: Bounds::read(&mut from),
            links: Links::read(&mut from),
            information: from.path("INFORMATION", None),
            lookups: Lookups::read(&mut from),
            office: Office::read(&mut from),
            survey_type: from.text("SURVEY_TYPE", "business"),
            language_switch: from.language_switch("LANGUAGE_SWITCH"),
            notices: from.notices(),
        };
        from.finish(config)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::store::cql::Cluster;

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
            ("STORE", "cassandra:10.0.0.1,10.0.0.2:9043/census"),
            ("QUESTIONNAIRES", "a:b/c"),
            ("LANGUAGE_SWITCH", "test_language,cris_0001"),
        ])
        .unwrap();
        let hosts = vec!["10.0.0.1".to_owned(), "10.0.0.2:9043".to_owned()];
        assert_eq!(config.store, StoreConfig::Cassandra(Cluster { hosts, keyspace: "census".to_owned() }));
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
