//! Postgres: a database an organisation. Pools are small, opened when first asked, and let their connections go when
//! idle; one cap counts the transactions of all of them.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::{Column as _, Row as _, TypeInfo as _, ValueRef as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{Acting, Row, StoreError, Value};

/// Connections of one organisation.
const CONNECTIONS: u32 = 4;
/// How long one waits for a place, and then for a connection.
const WAIT: Duration = Duration::from_secs(5);
/// After this an idle connection is closed.
const IDLE: Duration = Duration::from_secs(60);

/// Of each connection, in milliseconds where they are times: nobody waits for ever; and what Postgres merely notices is no
/// line of the log.
const SETTINGS: [(&str, &str); 3] =
    [("statement_timeout", "10000"), ("lock_timeout", "5000"), ("client_min_messages", "warning")];

/// How many transactions may be open at a time, over all organisations.
#[derive(Clone)]
pub struct Cap(Arc<Semaphore>);

impl Cap {
    /// So many.
    #[must_use]
    pub fn new(most: usize) -> Cap {
        Cap(Arc::new(Semaphore::new(most)))
    }
}

/// One database.
pub struct Postgres {
    pool: PgPool,
    name: String,
    cap: Cap,
}

/// A transaction.
pub struct Tx {
    tx: sqlx::Transaction<'static, sqlx::Postgres>,
    _place: OwnedSemaphorePermit,
}

/// Classes of Postgres's codes that speak of the server, not of a statement: no connection, not let in, no such database,
/// full, not to be had now, stopping.
const AWAY: [&str; 6] = ["08", "28", "3D", "53", "55", "57"];

fn failed(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(refused) if refused.is_unique_violation() => StoreError::Taken,
        sqlx::Error::Database(refused)
            if !refused.code().is_some_and(|code| AWAY.iter().any(|class| code.starts_with(class))) =>
        {
            StoreError::Refused(refused.message().to_owned())
        }
        _ => StoreError::Away(error.to_string()),
    }
}

impl Postgres {
    /// The database at this address, or another of the same server; it is not asked yet.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for what is no address.
    pub fn new(url: &str, database: Option<&str>, cap: &Cap) -> Result<Arc<Postgres>, StoreError> {
        let options = PgConnectOptions::from_str(url).map_err(failed)?;
        let options = match database {
            Some(database) => options.database(database),
            None => options,
        };
        let name = options.get_database().unwrap_or_default().to_owned();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .min_connections(0)
            .acquire_timeout(WAIT)
            .idle_timeout(IDLE)
            .connect_lazy_with(options.options(SETTINGS));
        Ok(Arc::new(Postgres { pool, name, cap: cap.clone() }))
    }

    /// What the database is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Begins; to write when somebody acts.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn begin(&self, acting: Option<&Acting>) -> Result<Tx, StoreError> {
        self.begin_as("canvass_app", acting).await
    }

    /// The same as the owner of the tables: to make them.
    pub(super) async fn begin_as_owner(&self, acting: &Acting) -> Result<Tx, StoreError> {
        self.begin_as("none", Some(acting)).await
    }

    async fn begin_as(&self, role: &str, acting: Option<&Acting>) -> Result<Tx, StoreError> {
        let away = |why: String| StoreError::Away(why);
        let place = timeout(WAIT, Arc::clone(&self.cap.0).acquire_owned()).await;
        let place = place.map_err(|why| away(why.to_string()))?.map_err(|why| away(why.to_string()))?;
        let tx = self.pool.begin().await.map_err(failed)?;
        let mut tx = Tx { tx, _place: place };
        let nobody = Acting::new("", "");
        let Acting { actor, request } = acting.unwrap_or(&nobody);
        let sql = "SELECT set_config('role', $1, true), set_config('canvass.actor', $2, true), \
            set_config('canvass.request', $3, true)";
        tx.rows(sql, &[role.into(), actor.into(), request.into()]).await?;
        Ok(tx)
    }

    /// Does statements outside any transaction: `CREATE DATABASE` will have none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn outside(&self, sql: &str) -> Result<(), StoreError> {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
            .execute(&self.pool)
            .await
            .map(|_| ())
            .map_err(failed)
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl Tx {
    pub(super) async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = bound(sql, values).fetch_all(&mut *self.tx).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }

    pub(super) async fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let done = bound(sql, values).execute(&mut *self.tx).await.map_err(failed)?;
        Ok(done.rows_affected())
    }

    pub(super) async fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()));
        sql.execute(&mut *self.tx).await.map(|_| ()).map_err(failed)
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await.map_err(failed)
    }
}

/// Our statements are constants of this crate; what people give is always a parameter.
fn bound<'q>(sql: &str, values: &[Value]) -> Query<'q, sqlx::Postgres, PgArguments> {
    values.iter().fold(sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())), |query, value| match value {
        Value::Null => query.bind(None::<String>),
        Value::Number(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.clone()),
    })
}

fn read(row: &PgRow) -> Result<Row, StoreError> {
    let columns = row.columns().iter().map(|column| {
        let at = column.ordinal();
        let raw = row.try_get_raw(at).map_err(failed)?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        match raw.type_info().name() {
            "INT8" => row.try_get::<i64, _>(at).map(Value::Number),
            "INT4" => row.try_get::<i32, _>(at).map(|number| Value::Number(i64::from(number))),
            "BOOL" => row.try_get::<bool, _>(at).map(|is| Value::Number(i64::from(is))),
            _ => row.try_get::<String, _>(at).map(Value::Text),
        }
        .map_err(failed)
    });
    columns.collect::<Result<_, _>>().map(Row)
}
