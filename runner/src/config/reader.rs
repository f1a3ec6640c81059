//! Reads single variables, and remembers every fault.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use validator::ValidateUrl;

use super::table::{self, VARIABLES};
use crate::secret::SecretString;
use crate::store::cql::Cluster;
use crate::upstream::{Origin, Origins};

use super::parts::{LanguageSwitch, Receiver, StoreConfig};

/// A variable that cannot be used. Never holds its value: that may be a secret in the wrong place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Its name.
    pub variable: &'static str,
    /// What it must be.
    pub must_be: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must be {}", self.variable, self.must_be)
    }
}

pub(super) struct Reader {
    vars: BTreeMap<String, String>,
    faults: Vec<ConfigFault>,
}

impl Reader {
    /// An empty variable counts as one that is not set.
    pub(super) fn new(vars: impl IntoIterator<Item = (String, String)>) -> Reader {
        let vars = vars.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        Reader { vars, faults: Vec::new() }
    }

    pub(super) fn finish<T>(self, config: T) -> Result<T, Vec<ConfigFault>> {
        if self.faults.is_empty() { Ok(config) } else { Err(self.faults) }
    }

    /// A line for each variable that is set and means nothing here.
    pub(super) fn notices(&self) -> Vec<String> {
        let idle = VARIABLES.iter().filter(|variable| variable.default == table::NO_MEANING);
        idle.filter(|variable| self.vars.contains_key(variable.name))
            .map(|variable| {
                format!("{} is accepted and has no meaning here: {}", variable.name, variable.what)
            })
            .collect()
    }

    pub(super) fn missing(&mut self, variable: &'static str, must_be: &str) {
        self.faults.push(ConfigFault { variable, must_be: format!("set, to {must_be}") });
    }

    fn get(&self, name: &'static str) -> Option<&str> {
        debug_assert!(VARIABLES.iter().any(|variable| variable.name == name), "{name} is not in the table");
        self.vars.get(name).map(|value| value.trim())
    }

    /// The value as `read` understands it; a fault when it does not.
    fn with<T>(
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

    pub(super) fn text(&mut self, name: &'static str, default: &str) -> String {
        self.get(name).unwrap_or(default).to_owned()
    }

    pub(super) fn path(&mut self, name: &'static str, default: Option<&str>) -> Option<PathBuf> {
        self.get(name).or(default).map(PathBuf::from)
    }

    /// As eQ reads flags: anything but `false`, in any case, is true. So that `0` and `no` mean what they say,
    /// they are taken for false as well.
    pub(super) fn flag(&mut self, name: &'static str, default: bool) -> bool {
        let off = |value: &str| ["false", "0", "no", "off"].iter().any(|no| value.eq_ignore_ascii_case(no));
        self.get(name).map_or(default, |value| !off(value))
    }

    pub(super) fn optional<T: FromStr>(&mut self, name: &'static str, must_be: &str) -> Option<T> {
        self.with(name, must_be, |value| value.parse().ok())
    }

    pub(super) fn parsed<T: FromStr>(&mut self, name: &'static str, default: T, must_be: &str) -> T {
        self.optional(name, must_be).unwrap_or(default)
    }

    pub(super) fn at_least(&mut self, name: &'static str, default: usize, least: usize) -> usize {
        let must_be = format!("a number of at least {least}");
        let read = |value: &str| value.parse().ok().filter(|&number| number >= least);
        self.with(name, &must_be, read).unwrap_or(default)
    }

    pub(super) fn seconds(&mut self, name: &'static str, default: u32) -> SignedDuration {
        let read = |value: &str| value.parse::<u32>().ok().filter(|&seconds| seconds > 0);
        let seconds = self.with(name, "a number of seconds, 1 or more", read).unwrap_or(default);
        SignedDuration::from_secs(seconds.into())
    }

    pub(super) fn milliseconds(&mut self, name: &'static str, default: u32) -> SignedDuration {
        let read = |value: &str| value.parse::<u32>().ok().filter(|&number| number > 0);
        let number = self.with(name, "a number of milliseconds, 1 or more", read).unwrap_or(default);
        SignedDuration::from_millis(number.into())
    }

    pub(super) fn moment(&mut self, name: &'static str) -> Option<Timestamp> {
        self.optional(name, "a date and time with its offset, such as 2027-04-28T14:00:00+00:00")
    }

    pub(super) fn optional_url(&mut self, name: &'static str) -> Option<String> {
        self.with(name, "an address that begins with http:// or https://", |value| {
            let over_http = value.starts_with("https://") || value.starts_with("http://");
            // The parser behind this is lenient with white space; an address that is sent to browsers is not.
            let plain = !value.contains(|c: char| c.is_whitespace() || c.is_control());
            (over_http && plain && value.validate_url()).then(|| value.trim_end_matches('/').to_owned())
        })
    }

    pub(super) fn url(&mut self, name: &'static str, default: &str) -> String {
        self.optional_url(name).unwrap_or_else(|| default.to_owned())
    }

    /// Origins, separated by `,`; those that `PRIVATE_ORIGINS` names too may lie at private addresses.
    pub(super) fn origins(&mut self, name: &'static str) -> Origins {
        let must_be = "addresses such as https://lists.example.org, separated by `,`";
        let read = |value: &str| {
            let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(Origin::parse).collect::<Option<Origins>>()
        };
        let inside = self.with("PRIVATE_ORIGINS", must_be, read).unwrap_or_default();
        let found = self.with(name, must_be, read).unwrap_or_default().into_iter();
        let is_inside = |origin: &Origin| inside.iter().any(|other| other.is(origin));
        found.map(|origin| if is_inside(&origin) { origin.inside() } else { origin }).collect()
    }

    pub(super) fn roots(&mut self, name: &'static str, default: &str) -> Vec<PathBuf> {
        let read = |value: &str| {
            let roots: Vec<PathBuf> =
                value.split(':').filter(|root| !root.is_empty()).map(PathBuf::from).collect();
            (!roots.is_empty()).then_some(roots)
        };
        self.with(name, "folders, separated by `:`", read).unwrap_or_else(|| vec![PathBuf::from(default)])
    }

    pub(super) fn store(&mut self, name: &'static str) -> StoreConfig {
        let read = |value: &str| match value.split_once(':')? {
            ("sqlite", path) if !path.is_empty() => Some(StoreConfig::Sqlite(path.into())),
            ("cassandra", cluster) => Cluster::parse(cluster).map(StoreConfig::Cassandra),
            _ => None,
        };
        self.with(name, "`sqlite:PATH` or `cassandra:HOST[,HOST…][/KEYSPACE]`", read)
            .unwrap_or_else(|| StoreConfig::Sqlite("responses.db".into()))
    }

    pub(super) fn receiver(&mut self, name: &'static str) -> Option<Receiver> {
        self.with(name, "`folder:PATH`, or `log` (which drops what it is given)", |value| {
            match value.split_once(':') {
                None if value == "log" => Some(Receiver::Log),
                Some(("folder", path)) if !path.is_empty() => Some(Receiver::Folder(path.into())),
                _ => None,
            }
        })
    }

    pub(super) fn smtp(&mut self, name: &'static str) -> Option<Receiver> {
        let must_be =
            "smtps://USER:PASSWORD@HOST:PORT, or smtp://… with ?tls=required (or none, on this machine)";
        self.with(name, must_be, |value| {
            let url = SecretString::new(value.to_owned());
            crate::send::smtp(&url).map(|_| Receiver::Smtp(url))
        })
    }

    pub(super) fn one_of(&mut self, name: &'static str, words: &[&str]) -> Option<String> {
        let must_be = format!("one of {}", words.join(", "));
        self.with(name, &must_be, |value| words.contains(&value).then(|| value.to_owned()))
    }

    pub(super) fn mailbox(&mut self, name: &'static str, default: &str) -> String {
        let read = |value: &str| value.parse::<lettre::message::Mailbox>().ok().map(|_| value.to_owned());
        self.with(name, "an e-mail address", read).unwrap_or_else(|| default.to_owned())
    }

    pub(super) fn language_switch(&mut self, name: &'static str) -> LanguageSwitch {
        match self.get(name) {
            None | Some("all") => LanguageSwitch::All,
            Some(names) => LanguageSwitch::Only(
                names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            ),
        }
    }
}
