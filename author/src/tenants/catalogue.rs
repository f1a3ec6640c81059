//! Which organisations there are, and where their databases lie: beside the catalogue's own, on the same Postgres server
//! or in the same folder. Opened when first asked for.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::{DEMO, Tenant};
use crate::secret::SecretString;
use crate::store::postgres::Cap;
use crate::store::{Acting, Database, Postgres, Row, Sqlite, StoreError};
use crate::values;

const TABLES: &str = "CREATE TABLE IF NOT EXISTS tenant (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, state TEXT NOT NULL, schema BIGINT NOT NULL,
    failure TEXT NOT NULL, changed_at TEXT NOT NULL);";

/// Longest name of an organisation in addresses.
const LONGEST: usize = 40;

/// Where databases lie.
enum Place {
    Folder(PathBuf),
    Server {
        url: SecretString,
        /// What the catalogue's own database is called: others are called after it.
        name: String,
        cap: Cap,
    },
}

/// All organisations.
pub struct Catalogue {
    place: Place,
    own: Database,
    domain: Option<String>,
    /// Each opens connections of its own when asked, and lets them go; there are no more than the catalogue has.
    open: Mutex<HashMap<String, Arc<Tenant>>>,
}

/// An organisation as the catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub slug: String,
    pub name: String,
    /// `making`, `ready` or `failed`.
    pub state: String,
    /// The step its tables stand at.
    pub schema: i64,
    /// Why it failed.
    pub failure: String,
}

impl Listed {
    fn of(row: &Row) -> Listed {
        Listed {
            slug: row.text(0),
            name: row.text(1),
            state: row.text(2),
            schema: row.number(3),
            failure: row.text(4),
        }
    }
}

/// Whether this can be an organisation's name in addresses.
#[must_use]
pub fn is_slug(slug: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_edge = |byte: Option<&u8>| byte.is_some_and(|&byte| is_letter(byte));
    let bytes = slug.as_bytes();
    slug.len() <= LONGEST
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|&byte| is_letter(byte) || byte == b'-')
}

impl Catalogue {
    /// A file an organisation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn in_folder(folder: &Path, domain: Option<String>) -> Result<Catalogue, StoreError> {
        std::fs::create_dir_all(folder).map_err(|why| StoreError::Away(why.to_string()))?;
        // No organisation is called so: a name has no dot.
        let own = Database::Sqlite(Sqlite::new(&folder.join("catalogue.index")));
        Self::begin(Place::Folder(folder.to_owned()), own, domain).await
    }

    /// A database an organisation, on the server of this address.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn on_server(
        url: &SecretString,
        connections: usize,
        domain: Option<String>,
    ) -> Result<Catalogue, StoreError> {
        let cap = Cap::new(connections);
        let own = Postgres::new(url.expose(), None, &cap)?;
        let name = own.name().to_owned();
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            let why = "the catalogue's database is called by lower-case letters, digits and `_`";
            return Err(StoreError::Refused(why.to_owned()));
        }
        Self::begin(Place::Server { url: url.clone(), name, cap }, Database::Postgres(own), domain).await
    }

    async fn begin(place: Place, own: Database, domain: Option<String>) -> Result<Catalogue, StoreError> {
        let mut tx = own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        tx.batch(TABLES).await?;
        tx.commit().await?;
        Ok(Catalogue { place, own, domain, open: Mutex::default() })
    }

    /// The organisation that a host names: its first label below the domain; that of this machine by address.
    #[must_use]
    pub fn slug_of(&self, host: &str) -> Option<String> {
        if host == "localhost" || host.parse::<IpAddr>().is_ok() {
            return Some(DEMO.to_owned());
        }
        let slug = host.strip_suffix(self.domain.as_deref()?)?.strip_suffix('.')?;
        is_slug(slug).then(|| slug.to_owned())
    }

    /// An organisation that is ready.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, slug: &str) -> Result<Option<Arc<Tenant>>, StoreError> {
        if let Some(tenant) = self.held().get(slug) {
            return Ok(Some(Arc::clone(tenant)));
        }
        let sql = "SELECT 1 FROM tenant WHERE slug = $1 AND state = 'ready'";
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        let found = tx.row(sql, values![slug]).await?;
        tx.commit().await?;
        if found.is_none() {
            return Ok(None);
        }
        let database = self.database(slug)?;
        let mut held = self.held();
        let tenant = held.entry(slug.to_owned()).or_insert_with(|| Tenant::new(slug, database));
        Ok(Some(Arc::clone(tenant)))
    }

    /// Those that were asked for.
    #[must_use]
    pub fn open(&self) -> Vec<Arc<Tenant>> {
        self.held().values().map(Arc::clone).collect()
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Tenant>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All organisations, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let sql = "SELECT slug, name, state, schema, failure FROM tenant ORDER BY slug";
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        let rows = tx.rows(sql, &[]).await?;
        tx.commit().await?;
        Ok(rows.iter().map(Listed::of).collect())
    }

    /// The database of an organisation, whether it is there or not.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for an address that is none.
    pub fn database(&self, slug: &str) -> Result<Database, StoreError> {
        Ok(match &self.place {
            Place::Folder(folder) => Database::Sqlite(Sqlite::new(&folder.join(format!("{slug}.db")))),
            Place::Server { url, name, cap } => {
                let name = database_name(name, slug);
                Database::Postgres(Postgres::new(url.expose(), Some(&name), cap)?)
            }
        })
    }

    /// Writes an organisation down, before its database is made; whether it is new or was not finished.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when there is one of this name, ready.
    pub(super) async fn begin_to_make(
        &self,
        slug: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        let ready = "SELECT 1 FROM tenant WHERE slug = $1 AND state = 'ready'";
        if tx.row(ready, values![slug]).await?.is_some() {
            return Err(StoreError::Taken);
        }
        let sql = "INSERT INTO tenant (slug, name, created_at, state, schema, failure, changed_at) \
            VALUES ($1, $2, $3, 'making', 0, '', $4) ON CONFLICT (slug) DO UPDATE SET state = 'making'";
        let at = now.to_string();
        tx.execute(sql, values![slug, name, &at, &at]).await?;
        tx.commit().await
    }

    /// Makes the database itself, where it is not there.
    pub(super) async fn make_database(&self, slug: &str) -> Result<(), StoreError> {
        let (Place::Server { name, .. }, Database::Postgres(own)) = (&self.place, &self.own) else {
            return Ok(());
        };
        let name = database_name(name, slug);
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        let found = tx.row("SELECT 1 FROM pg_database WHERE datname = $1", values![&name]).await?;
        tx.commit().await?;
        if found.is_some() {
            return Ok(());
        }
        // A name of ours is letters, digits and `_` alone.
        own.outside(&format!("CREATE DATABASE {name} TEMPLATE template0")).await
    }

    /// Takes every organisation's tables for old, so that the next run looks at each.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget_steps(&self) -> Result<(), StoreError> {
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        tx.execute("UPDATE tenant SET schema = 0", &[]).await?;
        tx.commit().await
    }

    /// Writes down what became of an organisation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(super) async fn became(
        &self,
        slug: &str,
        state: &str,
        schema: i64,
        failure: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.own.write_as_owner(&Acting::new("system", "catalogue")).await?;
        let sql = "UPDATE tenant SET state = $1, schema = $2, failure = $3, changed_at = $4 WHERE slug = $5";
        let failure: String = failure.chars().take(500).collect();
        tx.execute(sql, values![state, schema, failure, now.to_string(), slug]).await?;
        tx.commit().await
    }
}

fn database_name(catalogue: &str, slug: &str) -> String {
    format!("{catalogue}_{}", slug.replace('-', "_"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[tokio::test]
    async fn a_host_names_an_organisation_below_the_domain_or_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue =
            Catalogue::in_folder(folder.path(), Some("author.example.org".to_owned())).await.unwrap();
        let slug = |host: &str| catalogue.slug_of(host);
        assert_eq!(slug("wales.author.example.org").as_deref(), Some("wales"));
        assert_eq!(slug("localhost").as_deref(), Some(DEMO));
        assert_eq!(slug("127.0.0.1").as_deref(), Some(DEMO));
        for nobody in [
            "author.example.org",
            ".author.example.org",
            "a.b.author.example.org",
            "walesauthor.example.org",
            "wales.author.example.org.evil.org",
            "-.author.example.org",
            "catalogue.index.author.example.org",
            "",
        ] {
            assert_eq!(slug(nobody), None, "{nobody}");
        }
        assert!(catalogue.find("wales").await.unwrap().is_none());
    }
}
