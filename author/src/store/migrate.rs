//! The tables as they should be, step by step. Each step is one transaction; what was taken stands in `migration`.

use jiff::Timestamp;

use super::tables;
use super::{Acting, Database, StoreError};

/// How many steps there are.
pub const SCHEMA: i64 = 1;

/// Which step a database stands at; 0 for an empty one.
///
/// # Errors
/// [`StoreError`].
pub async fn behind(database: &Database) -> Result<i64, StoreError> {
    let mut tx = database.read().await?;
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
    Ok(row.map_or(0, |row| row.number(0)))
}

/// Takes the steps that are missing.
///
/// # Errors
/// [`StoreError`]; then the database stands at a step, whole.
pub async fn migrate(database: &Database, now: Timestamp) -> Result<i64, StoreError> {
    let at = behind(database).await?;
    for number in at + 1..=SCHEMA {
        step(database, number, now).await?;
    }
    Ok(SCHEMA - at)
}

async fn step(database: &Database, number: i64, now: Timestamp) -> Result<(), StoreError> {
    let acting = Acting::new("system", "migrate");
    let mut tx = match database {
        Database::Sqlite(_) => database.write(&acting).await?,
        Database::Postgres(postgres) => super::Tx::Postgres(postgres.begin_as_owner(&acting).await?),
    };
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
