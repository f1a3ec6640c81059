//! The audit log made tamper-evident: sealed in batches by a chain of keyed hashes, and compared with the rows as they
//! stand. Who owns the database can write past the triggers; here it shows.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use aws_lc_rs::hmac;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::secret::{hex, sha256_hex, token};
use crate::start::write_secret;
use crate::store::tables::{TABLES, Table};
use crate::store::{Acting, Database, StoreError, Tx, Value as Column};
use crate::values;

/// Entries read at a time.
const PAGE: i64 = 2000;
/// Findings that are told at most.
const MOST: usize = 1000;

/// Seals.
#[derive(Clone)]
pub struct Key(hmac::Key);

impl Key {
    /// The key in a file; made, for its owner alone, where there is none.
    ///
    /// # Errors
    /// The system's.
    pub fn of(path: &Path) -> io::Result<Key> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) if !text.trim().is_empty() => text,
            Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
            _ => {
                let made = token().map_err(io::Error::other)?;
                write_secret(path, made.expose())?;
                made.expose().to_owned()
            }
        };
        Ok(Key(hmac::Key::new(hmac::HMAC_SHA256, text.trim().as_bytes())))
    }
}

/// The chain, entry by entry.
struct Chain {
    context: hmac::Context,
    first: Option<i64>,
    last: i64,
}

impl Chain {
    fn after(key: &Key, before: &str) -> Chain {
        let mut context = hmac::Context::with_key(&key.0);
        context.update(before.as_bytes());
        Chain { context, first: None, last: 0 }
    }

    fn add(&mut self, entry: &crate::store::Row) {
        self.first.get_or_insert(entry.number(0));
        self.last = entry.number(0);
        for (column, value) in entry.0.iter().enumerate() {
            let text = match value {
                Column::Null => "-".to_owned(),
                Column::Number(number) => number.to_string(),
                Column::Text(text) => text.clone(),
            };
            self.context.update(&column.to_be_bytes());
            self.context.update(&text.len().to_be_bytes());
            self.context.update(text.as_bytes());
        }
    }

    fn hash(self) -> String {
        hex(self.context.sign().as_ref())
    }
}

async fn entries(tx: &mut Tx, after: i64, until: i64) -> Result<Vec<crate::store::Row>, StoreError> {
    let sql = "SELECT seq, at, actor, request, tbl, key, operation, old, new FROM audit \
        WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3";
    tx.rows(sql, values![after, until, PAGE]).await
}

/// Seals what was written since the last seal; how many entries.
///
/// # Errors
/// [`StoreError`].
pub async fn seal(database: &Database, key: &Key, now: Timestamp) -> Result<i64, StoreError> {
    let mut tx = database.write_as_owner(&Acting::new("system", "seal")).await?;
    let last = tx.row("SELECT number, last, hash FROM seal ORDER BY number DESC LIMIT 1", &[]).await?;
    let (number, after, before) =
        last.map_or((0, 0, String::new()), |row| (row.number(0), row.number(1), row.text(2)));
    if tx.row("SELECT 1 FROM audit WHERE seq > $1 LIMIT 1", values![after]).await?.is_none() {
        tx.commit().await?;
        return Ok(0);
    }
    // Nobody writes meanwhile: an entry with a smaller number could else come after its seal.
    if matches!(database, Database::Postgres(_)) {
        tx.batch("LOCK TABLE audit IN SHARE MODE").await?;
    }
    let (mut chain, mut count, mut at) = (Chain::after(key, &before), 0, after);
    loop {
        let page = entries(&mut tx, at, i64::MAX).await?;
        let Some(last) = page.last() else { break };
        at = last.number(0);
        count += i64::try_from(page.len()).unwrap_or_default();
        page.iter().for_each(|entry| chain.add(entry));
    }
    let (first, last) = (chain.first.unwrap_or_default(), chain.last);
    let sql = "INSERT INTO seal (number, first, last, hash, at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, values![number + 1, first, last, chain.hash(), now.to_string()]).await?;
    tx.commit().await?;
    Ok(count)
}

/// What `author audit verify` finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// One sentence each; none: all agrees.
    pub findings: Vec<String>,
    pub seals: i64,
    pub entries: i64,
    /// Of the last seal: kept elsewhere, it shows that the end was not cut off.
    pub head: String,
}

/// Tells whether log and rows are what was written.
///
/// # Errors
/// [`StoreError`].
pub async fn verify(database: &Database, key: &Key) -> Result<Verdict, StoreError> {
    let mut tx = database.read().await?;
    let mut verdict = Verdict::default();
    chain(&mut tx, key, &mut verdict).await?;
    let told = told(&mut tx, &mut verdict).await?;
    for table in TABLES {
        rows(&mut tx, table, &told, &mut verdict.findings).await?;
    }
    tx.commit().await?;
    verdict.findings.truncate(MOST);
    Ok(verdict)
}

/// Works every seal out again.
async fn chain(tx: &mut Tx, key: &Key, verdict: &mut Verdict) -> Result<(), StoreError> {
    let seals = tx.rows("SELECT number, first, last, hash FROM seal ORDER BY number", &[]).await?;
    let (mut before, mut at, mut expected) = (String::new(), 0, 1);
    for seal in seals {
        let (number, first, last, hash) = (seal.number(0), seal.number(1), seal.number(2), seal.text(3));
        if number != expected {
            verdict.findings.push(format!("seal {expected} is missing"));
        }
        expected = number + 1;
        let mut chain = Chain::after(key, &before);
        let mut here = at;
        loop {
            let page = entries(tx, here, last).await?;
            let Some(end) = page.last() else { break };
            here = end.number(0);
            page.iter().for_each(|entry| chain.add(entry));
        }
        if chain.first != Some(first) || chain.last != last || chain.hash() != hash {
            verdict
                .findings
                .push(format!("seal {number}: entries {first} to {last} are not what was sealed"));
        }
        (before, at) = (hash, last);
        verdict.seals += 1;
    }
    verdict.head = before;
    Ok(())
}

/// Of each row the digest of what the log told last; none where it told that the row went.
type Told = HashMap<(String, String), Option<String>>;

async fn told(tx: &mut Tx, verdict: &mut Verdict) -> Result<Told, StoreError> {
    let mut told = Told::new();
    let mut at = 0;
    loop {
        let page = entries(tx, at, i64::MAX).await?;
        let Some(last) = page.last() else { break };
        at = last.number(0);
        verdict.entries += i64::try_from(page.len()).unwrap_or_default();
        for entry in &page {
            let new = entry.optional(8).and_then(|new| serde_json::from_str::<Map<String, Value>>(&new).ok());
            told.insert((entry.text(4), entry.text(5)), new.map(|new| digest(&new)));
        }
    }
    Ok(told)
}

/// Of a row's columns, whatever their order.
fn digest(row: &Map<String, Value>) -> String {
    let mut columns: Vec<(&String, &Value)> = row.iter().collect();
    columns.sort_by_key(|(name, _)| *name);
    let text: Vec<String> = columns.iter().map(|(name, value)| format!("{name}={value}")).collect();
    sha256_hex(text.join("\n").as_bytes())
}

/// Compares a table's rows with what was told of them.
async fn rows(tx: &mut Tx, table: &Table, told: &Told, findings: &mut Vec<String>) -> Result<(), StoreError> {
    let columns: Vec<&str> = table.written().chain(table.digested.iter().copied()).collect();
    let order = table.key.join(", ");
    let written = table.written().count();
    let mut seen = HashMap::new();
    let mut skip = 0;
    loop {
        let sql = format!(
            "SELECT {} FROM {} ORDER BY {order} LIMIT {PAGE} OFFSET {skip}",
            columns.join(", "),
            table.name
        );
        let page = tx.rows(&sql, &[]).await?;
        skip += page.len();
        for row in &page {
            let mut members = Map::new();
            for (at, name) in columns.iter().enumerate() {
                let value = match row.0.get(at) {
                    Some(Column::Text(text)) if at >= written => Value::from(sha256_hex(text.as_bytes())),
                    Some(Column::Text(text)) => Value::from(text.as_str()),
                    Some(Column::Number(number)) => Value::from(*number),
                    _ => Value::Null,
                };
                members.insert((*name).to_owned(), value);
            }
            let key: Vec<String> = (0..table.key.len())
                .map(|at| match row.0.get(at) {
                    Some(Column::Number(number)) => number.to_string(),
                    _ => row.text(at),
                })
                .collect();
            let key = key.join(" ");
            match told.get(&(table.name.to_owned(), key.clone())) {
                Some(Some(was)) if *was == digest(&members) => {}
                Some(Some(_)) => {
                    findings.push(format!("{} {key}: the row is not what was written", table.name))
                }
                _ => findings.push(format!("{} {key}: nobody wrote this row", table.name)),
            }
            seen.insert(key, ());
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            break;
        }
    }
    for ((name, key), was) in told {
        if name == table.name && was.is_some() && !seen.contains_key(key) {
            findings.push(format!("{name} {key}: the row is gone, and nobody deleted it"));
        }
    }
    Ok(())
}
