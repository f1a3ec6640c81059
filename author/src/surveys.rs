//! Surveys and their questionnaires: the home page's list, and how a questionnaire comes to be.
//!
//! `document` is what a draft holds, `import` how others' definitions become one, `listing` what the home page shows.

pub mod document;
pub mod import;
pub mod listing;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::diagnose::{Diagnostic, Severity};
use crate::drafts::{self, Begun, Person};
use crate::store::{StoreError, Tx};
use crate::values;
use document::Summary;

/// A folder of the home page: what one survey asks, over its forms, waves and nations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Survey {
    pub id: String,
    pub title: String,
    /// The survey's number in definitions.
    pub survey_id: String,
    pub archived: bool,
    pub questionnaires: i64,
}

/// All surveys, by title.
///
/// # Errors
/// [`StoreError`].
pub async fn all(tx: &mut Tx) -> Result<Vec<Survey>, StoreError> {
    let sql = "SELECT id, title, survey_id, archived, \
        (SELECT COUNT(*) FROM questionnaire WHERE survey = survey.id AND questionnaire.archived = 0) \
        FROM survey ORDER BY title, id LIMIT 2000";
    let survey = |row: &crate::store::Row| Survey {
        id: row.text(0),
        title: row.text(1),
        survey_id: row.text(2),
        archived: row.is(3),
        questionnaires: row.number(4),
    };
    Ok(tx.rows(sql, &[]).await?.iter().map(survey).collect())
}

/// Makes a survey, unless it is there.
///
/// # Errors
/// [`StoreError`].
pub async fn create_survey(
    tx: &mut Tx,
    id: &str,
    title: &str,
    survey_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO survey (id, title, survey_id, archived, created_at) VALUES ($1, $2, $3, 0, $4) \
        ON CONFLICT (id) DO NOTHING";
    tx.execute(sql, values![id, title.trim(), survey_id.trim(), now.to_string()]).await.map(|_| ())
}

/// The survey with this number, or the first of all.
///
/// # Errors
/// [`StoreError`].
pub async fn survey_of_number(tx: &mut Tx, survey_id: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT id FROM survey WHERE survey_id = $1 ORDER BY created_at LIMIT 1";
    Ok(tx.row(sql, values![survey_id]).await?.map(|row| row.text(0)))
}

/// A questionnaire on its way.
pub struct New<'a> {
    pub id: &'a str,
    pub survey: &'a str,
    pub document: &'a Value,
    pub diagnostics: &'a [Diagnostic],
    /// What the list says of how it came to be.
    pub change: &'a str,
}

/// Makes a questionnaire with its draft; whether it was not there before.
///
/// # Errors
/// [`StoreError`].
pub async fn create(tx: &mut Tx, new: &New<'_>, by: &Person, now: Timestamp) -> Result<bool, StoreError> {
    if tx.row("SELECT 1 FROM questionnaire WHERE id = $1", values![new.id]).await?.is_some() {
        return Ok(false);
    }
    let summary = Summary::of(new.document);
    let (errors, warnings) = counts(new.diagnostics);
    let sql = "INSERT INTO questionnaire (id, survey, owner, archived, title, form_type, errors, warnings, \
        languages, change, changed_at, changed_by, created_at) \
        VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let at = now.to_string();
    let values = values![
        new.id,
        new.survey,
        &by.id,
        &summary.title,
        &summary.form_type,
        errors,
        warnings,
        summary.languages_text(),
        new.change,
        &at,
        &by.id,
        &at
    ];
    tx.execute(sql, values).await?;
    drafts::begin(tx, &Begun { questionnaire: new.id, document: new.document }).await?;
    Ok(true)
}

/// Writes down what follows from a draft that changed.
///
/// # Errors
/// [`StoreError`].
pub async fn changed(
    tx: &mut Tx,
    id: &str,
    document: &Value,
    diagnostics: &[Diagnostic],
    change: &str,
    by: &Person,
    now: Timestamp,
) -> Result<(), StoreError> {
    let summary = Summary::of(document);
    let (errors, warnings) = counts(diagnostics);
    let sql = "UPDATE questionnaire SET title = $1, form_type = $2, errors = $3, warnings = $4, languages = $5, \
        change = $6, changed_at = $7, changed_by = $8 WHERE id = $9";
    let values = values![
        &summary.title,
        &summary.form_type,
        errors,
        warnings,
        summary.languages_text(),
        change,
        now.to_string(),
        &by.id,
        id
    ];
    tx.execute(sql, values).await.map(|_| ())
}

fn counts(diagnostics: &[Diagnostic]) -> (i64, i64) {
    let of = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
    (number(of(Severity::Error)), number(of(Severity::Warning)))
}
