//! Every variable the service reads, checked at start, all faults at once. `author --help` prints the same table.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use validator::ValidateUrl;

use crate::secret::SecretString;

/// One variable.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the environment.
    pub name: &'static str,
    /// What it is when not set, in words.
    pub default: &'static str,
    /// What it does.
    pub what: &'static str,
}

const fn variable(name: &'static str, default: &'static str, what: &'static str) -> Variable {
    Variable { name, default, what }
}

/// The whole table.
pub const VARIABLES: &[Variable] = &[
    variable("HOST", "127.0.0.1", "address to listen on; 0.0.0.0 lets other machines in"),
    variable("PORT", "5010", "port to listen on; 0 takes any free one"),
    variable(
        "STORE",
        "sqlite:author.db",
        "where work is kept: sqlite:PATH, a file of one organisation; sqlite-folder:PATH, a file an organisation; or postgres://USER:PASSWORD@HOST/DATABASE, the catalogue's database, beside which each organisation has its own",
    ),
    variable(
        "DOMAIN",
        "none",
        "below which organisations have their names: with author.example.org, the organisation wales is at wales.author.example.org; localhost and IP addresses are the organisation demo",
    ),
    variable("CONNECTIONS", "64", "transactions at a time, over all organisations' Postgres databases"),
    variable(
        "AUDIT_KEY_FILE",
        ".canvass/audit.key",
        "file with the key that seals the audit log; made when it is not there. Keep it where who owns the database cannot read it",
    ),
    variable(
        "SECURE_COOKIE",
        "true, but on 127.0.0.1 and ::1",
        "cookies for https only, under the prefix __Host-",
    ),
    variable("RUNNER_URL", "none", "where respondents come in, for links to try what was published"),
    variable(
        "QUESTIONNAIRES",
        "questionnaires",
        "folder whose NAME/LANG.json are offered to begin with; none are where there is no such folder",
    ),
    variable(
        "SAMPLES",
        "false",
        "whether the first account of an organisation finds what QUESTIONNAIRES holds as questionnaires of its own",
    ),
    variable(
        "REGISTRY_TOKEN_FILE",
        "none",
        "file with the bearer token under which the organisation `demo` gives out what it published; made when it is not there",
    ),
    variable("MAX_BODY_BYTES", "8388608", "longest body of a request: of an import, mostly"),
    variable("MAX_REQUESTS", "256", "requests at work at a time"),
    variable("DRAIN_SECONDS", "10", "how long requests under way may take when the service stops"),
];

/// What `author --help` prints.
#[must_use]
pub fn help() -> String {
    let mut help = String::from(
        "The author: staff design, preview and publish questionnaires.\n\n\
         usage: author serve                        serve, as the variables below say\n\
         \x20      author openapi                      print the interface's OpenAPI document\n\
         \x20      author accounts create EMAIL NAME ROLE [ORGANISATION]\n\
         \x20                                          make an account; prints the way to choose its password\n\
         \x20      author audit verify [ORGANISATION]  tell whether the audit log and the rows agree\n\
         \x20      author tenants create NAME TITLE    make an organisation\n\
         \x20      author tenants list                 list them, with the state of their tables\n\
         \x20      author tenants migrate [CANARY]     bring their tables up to date, that many first, one by one\n\
         \x20      author --help\n\n",
    );
    for Variable { name, default, what } in VARIABLES {
        help.push_str(&format!("{name}  [{default}]\n    {what}\n"));
    }
    help
}

/// Where work is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// One organisation's file.
    Sqlite(PathBuf),
    /// A file an organisation.
    Folder(PathBuf),
    /// The catalogue's database; the address holds a password, as a rule.
    Postgres(SecretString),
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    pub host: IpAddr,
    pub port: u16,
    pub store: StoreConfig,
    pub domain: Option<String>,
    pub connections: usize,
    pub audit_key: PathBuf,
    pub secure_cookie: bool,
    pub runner: Option<String>,
    pub questionnaires: PathBuf,
    pub samples: bool,
    pub registry_token: Option<PathBuf>,
    pub body_bytes: usize,
    pub requests: usize,
    pub drain_seconds: u64,
}

/// A variable that cannot be used. Never holds its value: that may be a secret in the wrong place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    pub variable: &'static str,
    pub must_be: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must be {}", self.variable, self.must_be)
    }
}

impl Config {
    /// Reads all variables. An empty one counts as one that is not set.
    ///
    /// # Errors
    /// Every fault there is, not the first.
    pub fn read(vars: impl IntoIterator<Item = (String, String)>) -> Result<Config, Vec<ConfigFault>> {
        let vars = vars.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        let mut from = Reader { vars, faults: Vec::new() };
        let host = from.parsed("HOST", IpAddr::from([127, 0, 0, 1]), "an IP address");
        let config = Config {
            host,
            port: from.parsed("PORT", 5010, "a port"),
            store: from.read("STORE", "sqlite:PATH, sqlite-folder:PATH or postgres://…", store, || {
                StoreConfig::Sqlite("author.db".into())
            }),
            domain: from.optional("DOMAIN", "a name like author.example.org", domain),
            connections: from.at_least("CONNECTIONS", 64, 1),
            audit_key: from.read(
                "AUDIT_KEY_FILE",
                "a path",
                |text| Some(text.into()),
                || ".canvass/audit.key".into(),
            ),
            secure_cookie: from.flag("SECURE_COOKIE", !host.is_loopback()),
            runner: from.optional("RUNNER_URL", "an address like http://127.0.0.1:5000", |text| {
                text.validate_url().then(|| text.trim_end_matches('/').to_owned())
            }),
            questionnaires: from.read(
                "QUESTIONNAIRES",
                "a path",
                |text| Some(text.into()),
                || "questionnaires".into(),
            ),
            samples: from.flag("SAMPLES", false),
            registry_token: from.optional("REGISTRY_TOKEN_FILE", "a path", |text| Some(text.into())),
            body_bytes: from.at_least("MAX_BODY_BYTES", 8 * 1024 * 1024, 65_536),
            requests: from.at_least("MAX_REQUESTS", 256, 1),
            drain_seconds: from.parsed("DRAIN_SECONDS", 10, "a number of seconds"),
        };
        if from.faults.is_empty() { Ok(config) } else { Err(from.faults) }
    }
}

fn store(text: &str) -> Option<StoreConfig> {
    let path = |path: &str| (!path.is_empty()).then(|| PathBuf::from(path));
    if let Some(rest) = text.strip_prefix("sqlite-folder:") {
        path(rest).map(StoreConfig::Folder)
    } else if let Some(rest) = text.strip_prefix("sqlite:") {
        path(rest).map(StoreConfig::Sqlite)
    } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Some(StoreConfig::Postgres(SecretString::new(text.to_owned())))
    } else {
        None
    }
}

fn domain(text: &str) -> Option<String> {
    let text = text.trim_matches('.').to_ascii_lowercase();
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.split('.').all(is_label).then_some(text)
}

struct Reader {
    vars: BTreeMap<String, String>,
    faults: Vec<ConfigFault>,
}

impl Reader {
    fn get(&self, name: &'static str) -> Option<&str> {
        debug_assert!(VARIABLES.iter().any(|variable| variable.name == name), "{name} is not in the table");
        self.vars.get(name).map(|value| value.trim())
    }

    fn optional<T>(
        &mut self,
        variable: &'static str,
        must_be: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.get(variable)?);
        if value.is_none() {
            self.faults.push(ConfigFault { variable, must_be: must_be.to_owned() });
        }
        value
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        must_be: &str,
        read: impl FnOnce(&str) -> Option<T>,
        default: impl FnOnce() -> T,
    ) -> T {
        self.optional(name, must_be, read).unwrap_or_else(default)
    }

    fn parsed<T: FromStr>(&mut self, name: &'static str, default: T, must_be: &str) -> T {
        self.read(name, must_be, |value| value.parse().ok(), || default)
    }

    fn at_least(&mut self, name: &'static str, default: usize, least: usize) -> usize {
        let must_be = format!("a number of at least {least}");
        self.read(name, &must_be, |value| value.parse().ok().filter(|&number| number >= least), || default)
    }

    fn flag(&mut self, name: &'static str, default: bool) -> bool {
        let off = |value: &str| ["false", "0", "no", "off"].iter().any(|no| value.eq_ignore_ascii_case(no));
        self.get(name).map_or(default, |value| !off(value))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
        Config::read(vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn nothing_need_be_set() {
        let config = read(&[]).unwrap();
        assert_eq!(config.store, StoreConfig::Sqlite("author.db".into()));
        assert!(!config.secure_cookie, "on this machine alone");
        assert!(read(&[("HOST", "0.0.0.0")]).unwrap().secure_cookie);
    }

    #[test]
    fn all_faults_are_reported_at_once_by_name_and_without_values() {
        let faults = read(&[
            ("HOST", "here"),
            ("PORT", "seventy"),
            ("STORE", "postgres:secret"),
            ("DOMAIN", "a b"),
            ("RUNNER_URL", "runner"),
            ("MAX_BODY_BYTES", "1"),
        ])
        .unwrap_err();
        let names: Vec<&str> = faults.iter().map(|fault| fault.variable).collect();
        assert_eq!(names, ["HOST", "PORT", "STORE", "DOMAIN", "RUNNER_URL", "MAX_BODY_BYTES"]);
        assert!(!format!("{faults:?}").contains("secret"));
    }

    #[test]
    fn help_describes_every_variable() {
        for variable in VARIABLES {
            assert!(help().contains(variable.name), "{}", variable.name);
        }
    }
}
