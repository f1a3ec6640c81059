//! The home page's list: searched, sorted, a page at a time.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::document::LanguageShare;
use crate::drafts::Person;
use crate::store::{Row, StoreError, Tx, Value};
use crate::values;

/// Rows of one page.
const PAGE: usize = 100;

/// What to list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// In titles, form types and the survey's title and number.
    pub search: Option<String>,
    /// `changed` (the latest first; the default) or `title`.
    pub sort: Option<String>,
    /// Those that were put away instead.
    pub archived: Option<bool>,
    /// Only of this survey.
    pub survey: Option<String>,
    /// From `next` of the page before.
    pub cursor: Option<String>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Listed {
    pub id: String,
    pub title: String,
    pub survey: SurveyName,
    /// The survey's number.
    pub survey_id: String,
    pub form_type: String,
    /// `draft`, `live`, or `withdrawn` when every version is.
    pub status: String,
    /// The number of the newest version that is not withdrawn.
    pub live_version: Option<i64>,
    pub errors: i64,
    pub warnings: i64,
    pub languages: Vec<LanguageShare>,
    pub owner: Person,
    pub changed_at: String,
    pub changed_by: Person,
    /// What the last change did.
    pub change: String,
    pub archived: bool,
    pub starred: bool,
    /// What whoever asks may do with it.
    pub role: String,
}

/// A survey, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SurveyName {
    pub id: String,
    pub title: String,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Page {
    pub items: Vec<Listed>,
    /// The next page's cursor.
    pub next: Option<String>,
}

const SELECT: &str = "SELECT q.id, q.title, s.id, s.title, q.form_type, \
    (SELECT MAX(number) FROM version WHERE questionnaire = q.id AND withdrawn_at IS NULL), \
    (SELECT MAX(number) FROM version WHERE questionnaire = q.id), \
    q.errors, q.warnings, q.languages, owner.id, owner.name, q.changed_at, changer.id, changer.name, q.change, \
    q.archived, (SELECT COUNT(*) FROM star WHERE star.questionnaire = q.id AND star.account = $1), \
    (SELECT role FROM permission WHERE permission.questionnaire = q.id AND permission.account = $1), s.survey_id \
    FROM questionnaire q JOIN survey s ON s.id = q.survey JOIN account owner ON owner.id = q.owner \
    JOIN account changer ON changer.id = q.changed_by";

fn listed(row: &Row, role: crate::accounts::Role) -> Listed {
    let live_version = row.optional_number(5);
    let status = match (live_version, row.optional_number(6)) {
        (Some(_), _) => "live",
        (None, Some(_)) => "withdrawn",
        _ => "draft",
    };
    let own = row.optional(18).and_then(|own| crate::accounts::Role::from_name(&own));
    Listed {
        id: row.text(0),
        title: row.text(1),
        survey: SurveyName { id: row.text(2), title: row.text(3) },
        survey_id: row.text(19),
        form_type: row.text(4),
        status: status.to_owned(),
        live_version,
        errors: row.number(7),
        warnings: row.number(8),
        languages: serde_json::from_str(&row.text(9)).unwrap_or_default(),
        owner: Person { id: row.text(10), name: row.text(11) },
        changed_at: row.text(12),
        changed_by: Person { id: row.text(13), name: row.text(14) },
        change: row.text(15),
        archived: row.is(16),
        starred: row.is(17),
        role: own.map_or(role, |own| own.max(role)).name().to_owned(),
    }
}

/// One questionnaire's row.
///
/// # Errors
/// [`StoreError`].
pub async fn one(
    tx: &mut Tx,
    id: &str,
    account: &crate::accounts::Account,
) -> Result<Option<Listed>, StoreError> {
    let row = tx.row(&format!("{SELECT} WHERE q.id = $2"), values![&account.id, id]).await?;
    Ok(row.map(|row| listed(&row, account.role)))
}

/// A page of questionnaires.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    tx: &mut Tx,
    wanted: &Wanted,
    account: &crate::accounts::Account,
) -> Result<Page, StoreError> {
    let (column, direction, order) = match wanted.sort.as_deref() {
        Some("title") => ("q.title", ">", "ASC"),
        _ => ("q.changed_at", "<", "DESC"),
    };
    let mut sql = format!("{SELECT} WHERE q.archived = $2");
    let mut values: Vec<Value> = vec![(&account.id).into(), wanted.archived.unwrap_or(false).into()];
    let mut add = |sql: &mut String, value: &str| {
        values.push(value.into());
        let name = format!("${}", values.len());
        *sql = sql.replace("{}", &name);
    };
    if let Some(search) = wanted.search.as_deref().map(str::trim).filter(|search| !search.is_empty()) {
        let escaped = search.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        sql.push_str(
            " AND (LOWER(q.title) LIKE {} ESCAPE '!' OR LOWER(q.form_type) LIKE {} ESCAPE '!' \
             OR LOWER(s.title) LIKE {} ESCAPE '!' OR LOWER(s.survey_id) LIKE {} ESCAPE '!')",
        );
        add(&mut sql, &format!("%{escaped}%"));
    }
    if let Some(survey) = &wanted.survey {
        sql.push_str(" AND s.id = {}");
        add(&mut sql, survey);
    }
    // What it is sorted by, then the id, since several may share the first.
    if let Some((value, id)) = wanted.cursor.as_deref().and_then(|cursor| cursor.rsplit_once(' ')) {
        let at = values.len() + 1;
        values.extend([value.into(), id.into()]);
        sql.push_str(&format!(
            " AND ({column} {direction} ${at} OR ({column} = ${at} AND q.id {direction} ${}))",
            at + 1
        ));
    }
    sql.push_str(&format!(" ORDER BY {column} {order}, q.id {order} LIMIT {}", PAGE + 1));
    let rows = tx.rows(&sql, &values).await?;
    let items: Vec<Listed> = rows.iter().take(PAGE).map(|row| listed(row, account.role)).collect();
    let next = items.last().filter(|_| rows.len() > PAGE).map(|last| match wanted.sort.as_deref() {
        Some("title") => format!("{} {}", last.title, last.id),
        _ => format!("{} {}", last.changed_at, last.id),
    });
    Ok(Page { items, next })
}
