//! The tables as they should be, step by step. Each step is one transaction; what was taken stands in `migration`.

use jiff::Timestamp;

use super::tables;
use super::{Acting, Database, StoreError};

/// How many steps there are.
pub const SCHEMA: i64 = 2;

/// Which step a database stands at; 0 for an empty one.
///
/// # Errors
/// [`StoreError`].
pub async fn behind(database: &Database) -> Result<i64, StoreError> {
    // The role that serves may not be there yet.
    let mut tx = database.write_as_owner(&Acting::new("system", "migrate")).await?;
    let sql = match database {
        Database::Sqlite(_) => "SELECT 1 FROM sqlite_master WHERE name = 'migration'",
        Database::Postgres(_) => {
            "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'migration'"
        }
    };
    if tx.rows(sql, &[]).await?.is_empty() {
        return Ok(0);
    }
    let row = tx.row("SELECT MAX(number) FROM migration", &[]).await?;
    tx.commit().await?;
    Ok(row.map_or(0, |row| row.number(0)))
}

/// Takes the steps that are missing.
///
/// # Errors
/// [`StoreError`]; then the database stands at a step, whole.
pub async fn migrate(database: &Database, now: Timestamp) -> Result<i64, StoreError> {
    migrate_to(database, SCHEMA, now).await
}

/// Takes the steps that are missing up to this one; how many.
///
/// # Errors
/// [`StoreError`]; then the database stands at a step, whole.
pub async fn migrate_to(database: &Database, number: i64, now: Timestamp) -> Result<i64, StoreError> {
    let at = behind(database).await?;
    for number in at + 1..=number {
        step(database, number, now).await?;
    }
    Ok((number - at).max(0))
}

async fn step(database: &Database, number: i64, now: Timestamp) -> Result<(), StoreError> {
    let acting = Acting::new("system", "migrate");
    let mut tx = database.write_as_owner(&acting).await?;
    if matches!(database, Database::Postgres(_)) {
        // Of two who migrate the second waits here, and then finds the step taken.
        tx.batch("SELECT pg_advisory_xact_lock(7203)").await?;
        let sql = "SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'migration'";
        let has_ledger = !tx.rows(sql, &[]).await?.is_empty();
        let taken = "SELECT 1 FROM migration WHERE number = $1";
        if has_ledger && !tx.rows(taken, crate::values![number]).await?.is_empty() {
            return tx.commit().await;
        }
    }
    if number == 2 {
        // All that one request did.
        tx.batch("CREATE INDEX audit_request ON audit (request)").await?;
    }
    if number == 1 {
        let tables = include_str!("tables.sql");
        match database {
            Database::Sqlite(_) => {
                tx.batch(&tables.replace("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT")).await?;
                tx.batch(&tables::sqlite_triggers()).await?;
                let sql = "INSERT INTO acting (actor, request) VALUES ('system', 'migrate')";
                tx.batch(sql).await?;
            }
            Database::Postgres(_) => {
                let serial = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
                tx.batch(&tables.replace("{serial}", serial)).await?;
                tx.batch(&tables::postgres_triggers()).await?;
            }
        }
    }
    let sql = "INSERT INTO migration (number, at) VALUES ($1, $2)";
    tx.execute(sql, crate::values![number, now.to_string()]).await?;
    tx.commit().await
}
