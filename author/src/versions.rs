//! Versions: frozen from a draft, numbered, hashed, never changed; one can be withdrawn. What the registry gives out.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::drafts::Person;
use crate::secret::{id_of, sha256_hex};
use crate::store::{Row, StoreError, Tx};
use crate::surveys::document::compiled;
use crate::values;

/// A version, without its definitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Version {
    pub number: i64,
    /// What the runner fetches it by: `cir_instrument_id` of a launch.
    pub guid: String,
    pub title: String,
    /// The draft's revision that it was frozen from.
    pub revision: i64,
    /// Over the definitions in all languages.
    pub sha256: String,
    pub languages: Vec<String>,
    pub published_at: String,
    pub published_by: Person,
    pub withdrawn_at: Option<String>,
}

const SELECT: &str = "SELECT v.number, v.guid, v.title, v.revision, v.sha256, v.published_at, a.id, a.name, \
    v.withdrawn_at, v.definitions FROM version v JOIN account a ON a.id = v.published_by";

fn version(row: &Row) -> Version {
    let definitions: Map<String, Value> = serde_json::from_str(&row.text(9)).unwrap_or_default();
    Version {
        number: row.number(0),
        guid: row.text(1),
        title: row.text(2),
        revision: row.number(3),
        sha256: row.text(4),
        languages: definitions.keys().cloned().collect(),
        published_at: row.text(5),
        published_by: Person { id: row.text(6), name: row.text(7) },
        withdrawn_at: row.optional(8),
    }
}

/// A version on its way.
pub struct Publishing<'a> {
    pub tenant: &'a str,
    pub questionnaire: &'a str,
    pub document: &'a Value,
    pub revision: i64,
    pub idempotency: &'a str,
}

/// Freezes a document as the next version; the same request again gives the same version.
///
/// # Errors
/// [`StoreError::Taken`] when another was published at the same moment: try again.
pub async fn publish(
    tx: &mut Tx,
    publishing: &Publishing<'_>,
    by: &Person,
    now: Timestamp,
) -> Result<Version, StoreError> {
    let Publishing { tenant, questionnaire, document, revision, idempotency } = *publishing;
    let sql = format!("{SELECT} WHERE v.questionnaire = $1 AND v.idempotency = $2");
    if let Some(row) = tx.row(&sql, values![questionnaire, idempotency]).await? {
        return Ok(version(&row));
    }
    let sql = "SELECT MAX(number) FROM version WHERE questionnaire = $1";
    let number = tx.row(sql, values![questionnaire]).await?.map_or(0, |row| row.number(0)) + 1;
    // The order of languages is kept: the first is the base.
    let definitions = Value::Object(Map::from_iter(compiled(document))).to_string();
    let said = |name: &str| document["definition"].get(name).and_then(Value::as_str).unwrap_or_default();
    let guid = id_of(&["version", tenant, questionnaire, &number.to_string()]).to_string();
    let sql = "INSERT INTO version (questionnaire, number, guid, title, survey_id, form_type, revision, definitions, \
        sha256, published_at, published_by, idempotency) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values = values![
        questionnaire,
        number,
        &guid,
        said("title"),
        said("survey_id"),
        said("form_type"),
        revision,
        &definitions,
        sha256_hex(definitions.as_bytes()),
        now.to_string(),
        &by.id,
        idempotency
    ];
    tx.execute(sql, values).await?;
    let found = one(tx, questionnaire, number).await?;
    found.map(|(version, _)| version).ok_or_else(|| StoreError::Refused("a version is not there".to_owned()))
}

/// All versions of a questionnaire, the newest first.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx, questionnaire: &str) -> Result<Vec<Version>, StoreError> {
    let sql = format!("{SELECT} WHERE v.questionnaire = $1 ORDER BY v.number DESC LIMIT 500");
    Ok(tx.rows(&sql, values![questionnaire]).await?.iter().map(version).collect())
}

/// One version, with its definitions: code and definition, the base first.
///
/// # Errors
/// [`StoreError`].
pub async fn one(
    tx: &mut Tx,
    questionnaire: &str,
    number: i64,
) -> Result<Option<(Version, Map<String, Value>)>, StoreError> {
    let sql = format!("{SELECT} WHERE v.questionnaire = $1 AND v.number = $2");
    let row = tx.row(&sql, values![questionnaire, number]).await?;
    Ok(row.map(|row| (version(&row), serde_json::from_str(&row.text(9)).unwrap_or_default())))
}

/// Takes a version out of the registry; whether it was in it.
///
/// # Errors
/// [`StoreError`].
pub async fn withdraw(
    tx: &mut Tx,
    questionnaire: &str,
    number: i64,
    by: &Person,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE version SET withdrawn_at = $1, withdrawn_by = $2 \
        WHERE questionnaire = $3 AND number = $4 AND withdrawn_at IS NULL";
    Ok(tx.execute(sql, values![now.to_string(), &by.id, questionnaire, number]).await? > 0)
}

/// A version as the registry lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Instrument {
    pub guid: String,
    /// The version's number.
    pub ci_version: i64,
    pub survey_id: String,
    pub form_type: String,
    pub title: String,
    /// The base language.
    pub language: String,
    /// All languages.
    pub languages: Vec<String>,
    pub published_at: String,
    pub sha256: String,
    /// The questionnaire that it is a version of.
    pub questionnaire: String,
}

/// What is live: every version that is not withdrawn.
///
/// # Errors
/// [`StoreError`].
pub async fn live(tx: &mut Tx) -> Result<Vec<Instrument>, StoreError> {
    let sql = "SELECT guid, number, survey_id, form_type, title, definitions, published_at, sha256, questionnaire \
        FROM version WHERE withdrawn_at IS NULL ORDER BY title, questionnaire, number LIMIT 5000";
    let rows = tx.rows(sql, &[]).await?;
    let instrument = |row: &Row| {
        let definitions: Map<String, Value> = serde_json::from_str(&row.text(5)).unwrap_or_default();
        let languages: Vec<String> = definitions.keys().cloned().collect();
        Instrument {
            guid: row.text(0),
            ci_version: row.number(1),
            survey_id: row.text(2),
            form_type: row.text(3),
            title: row.text(4),
            language: languages.first().cloned().unwrap_or_default(),
            languages,
            published_at: row.text(6),
            sha256: row.text(7),
            questionnaire: row.text(8),
        }
    };
    Ok(rows.iter().map(instrument).collect())
}

/// The definition under an id, in a language or the base; also of one that was withdrawn, so that who began goes on.
///
/// # Errors
/// [`StoreError`].
pub async fn definition(
    tx: &mut Tx,
    guid: &str,
    language: Option<&str>,
) -> Result<Option<Value>, StoreError> {
    let row = tx.row("SELECT definitions FROM version WHERE guid = $1", values![guid]).await?;
    Ok(row.and_then(|row| {
        let mut definitions: Map<String, Value> = serde_json::from_str(&row.text(0)).ok()?;
        match language {
            Some(language) => definitions.shift_remove(language),
            None => definitions.into_iter().next().map(|(_, definition)| definition),
        }
    }))
}
