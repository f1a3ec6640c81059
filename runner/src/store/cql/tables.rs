//! Tables and statements.

use scylla::client::session::Session;
use scylla::errors::PrepareError;
use scylla::statement::Consistency;
use scylla::statement::prepared::PreparedStatement;

/// What makes keyspace and tables, in order.
pub(super) fn create(keyspace: &str, datacenter: &str, replication: usize) -> Vec<String> {
    let datacenter = datacenter.replace('\'', "''");
    vec![
        format!(
            "CREATE KEYSPACE IF NOT EXISTS {keyspace} WITH replication =
             {{'class': 'NetworkTopologyStrategy', '{datacenter}': {replication}}}"
        ),
        // Rows are rewritten for as long as someone answers: levels keep a read to one or two files. No time to
        // live: it counts per cell, and would take away a submission that is not sent yet.
        format!(
            "CREATE TABLE IF NOT EXISTS {keyspace}.responses
             (key blob PRIMARY KEY, version bigint, bytes blob, owes boolean, ends_at timestamp)
             WITH compaction = {{'class': 'LeveledCompactionStrategy'}}"
        ),
        // A queue leaves tombstones; an hour is enough for all replicas to hear of one, since a hint that comes
        // back is only looked at and settled again.
        format!(
            "CREATE TABLE IF NOT EXISTS {keyspace}.outbox
             (bucket tinyint, announced_at timestamp, key blob, effect uuid,
              PRIMARY KEY (bucket, announced_at, key, effect))
             WITH gc_grace_seconds = 3600 AND compaction = {{'class': 'LeveledCompactionStrategy'}}"
        ),
        format!("CREATE TABLE IF NOT EXISTS {keyspace}.definitions (hash blob PRIMARY KEY, bytes blob)"),
        format!(
            "CREATE TABLE IF NOT EXISTS {keyspace}.leases
             (name text PRIMARY KEY, holder uuid, until timestamp)"
        ),
    ]
}

pub(super) struct Statements {
    pub read: PreparedStatement,
    pub read_serial: PreparedStatement,
    pub insert: PreparedStatement,
    pub update: PreparedStatement,
    pub delete: PreparedStatement,
    pub first_part: PreparedStatement,
    pub next_part: PreparedStatement,
    pub announce: PreparedStatement,
    pub due: PreparedStatement,
    pub settle: PreparedStatement,
    pub keep: PreparedStatement,
    pub get: PreparedStatement,
    pub take_free: PreparedStatement,
    pub renew: PreparedStatement,
    pub take_ended: PreparedStatement,
    pub give_up: PreparedStatement,
}

impl Statements {
    /// For the keyspace that the session uses.
    pub(super) async fn prepare(session: &Session) -> Result<Statements, PrepareError> {
        const READ: &str = "SELECT version, bytes, owes, ends_at FROM responses WHERE key = ?";
        let conditional = async |text: &str| session.prepare(text).await;
        // Only these may the driver send twice.
        let idempotent = async |text: &str| {
            session.prepare(text).await.map(|mut statement| {
                statement.set_is_idempotent(true);
                statement
            })
        };
        // Columns are named and never change: no need to send their description with each row.
        let select = async |text: &str| {
            idempotent(text).await.map(|mut statement| {
                statement.set_use_cached_result_metadata(true);
                statement
            })
        };
        let mut read_serial = select(READ).await?;
        read_serial.set_consistency(Consistency::LocalSerial);
        Ok(Statements {
            read: select(READ).await?,
            read_serial,
            insert: conditional(
                "INSERT INTO responses (key, version, bytes, owes, ends_at)
                 VALUES (?, ?, ?, ?, ?) IF NOT EXISTS",
            )
            .await?,
            update: conditional(
                "UPDATE responses SET version = ?, bytes = ?, owes = ?, ends_at = ?
                 WHERE key = ? IF version = ?",
            )
            .await?,
            delete: conditional("DELETE FROM responses WHERE key = ? IF version = ?").await?,
            first_part: select("SELECT key, version, owes, ends_at FROM responses LIMIT ?").await?,
            next_part: select(
                "SELECT key, version, owes, ends_at FROM responses WHERE token(key) > token(?) LIMIT ?",
            )
            .await?,
            announce: idempotent(
                "INSERT INTO outbox (bucket, announced_at, key, effect) VALUES (?, ?, ?, ?)",
            )
            .await?,
            due: select("SELECT announced_at, key, effect FROM outbox WHERE bucket = ? LIMIT ?").await?,
            settle: idempotent(
                "DELETE FROM outbox WHERE bucket = ? AND announced_at = ? AND key = ? AND effect = ?",
            )
            .await?,
            keep: idempotent("INSERT INTO definitions (hash, bytes) VALUES (?, ?)").await?,
            get: select("SELECT bytes FROM definitions WHERE hash = ?").await?,
            // No lease lasts a day; two days later nothing is left of one that nobody took over.
            take_free: conditional(
                "INSERT INTO leases (name, holder, until) VALUES (?, ?, ?) IF NOT EXISTS
                 USING TTL 172800",
            )
            .await?,
            renew: conditional("UPDATE leases USING TTL 172800 SET until = ? WHERE name = ? IF holder = ?")
                .await?,
            take_ended: conditional(
                "UPDATE leases USING TTL 172800 SET holder = ?, until = ? WHERE name = ? IF until <= ?",
            )
            .await?,
            give_up: conditional("DELETE FROM leases WHERE name = ? IF holder = ?").await?,
        })
    }
}
