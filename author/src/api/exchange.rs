//! Questionnaires in and out: imported, exported, copied; put away, starred, moved to another survey.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::drafts::checked;
use super::fields::{Body, Path, Query};
use super::guard::{Caller, Idempotency};
use super::questionnaires::survey_for;
use super::surveys::Made;
use crate::accounts::Role;
use crate::diagnose::diagnose;
use crate::drafts;
use crate::problem::{Problem, ProblemBody};
use crate::secret::id_of;
use crate::store::Tx;
use crate::surveys::document::compiled;
use crate::surveys::import::{self, Imported, Note};
use crate::surveys::listing::{self, Listed};
use crate::surveys::{self, New};
use crate::values;

#[derive(Deserialize, Validate, ToSchema)]
pub struct ImportBody {
    /// By language.
    #[serde(default)]
    #[schema(value_type = Object)]
    definitions: serde_json::Map<String, Value>,
    /// One definition as text, as it was pasted or read from a file: read more strictly.
    text: Option<String>,
    survey: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct ImportedView {
    id: String,
    report: Vec<Note>,
}

/// Makes a questionnaire of somebody's definition: of today or of 2021.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/import", tag = "questionnaires", operation_id = "importQuestionnaire",
    request_body = ImportBody,
    responses((status = 201, body = ImportedView), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("author"))),
)]
pub async fn import(
    caller: Caller,
    Idempotency(key): Idempotency,
    Body(given): Body<ImportBody>,
) -> Result<Response, Problem> {
    let person = caller.person()?;
    let ImportBody { definitions, text, survey } = given;
    let today = caller.today();
    let read = checked(move || {
        let mut all: Vec<Value> = Vec::new();
        for (language, mut definition) in definitions {
            // What it is called there counts only where it says nothing itself.
            if let Some(members) = definition.as_object_mut() {
                members.entry("language").or_insert_with(|| json!(language));
            }
            all.push(definition);
        }
        if let Some(text) = &text {
            all.push(import::read(text)?);
        }
        let Imported { document, report } = import::import(all)?;
        let diagnostics = diagnose(&document["definition"], today);
        Ok::<_, import::NotImported>((document, report, diagnostics))
    });
    let (document, report, diagnostics) = read.await?.map_err(|why| Problem::unsound(why.to_string()))?;
    let id = id_of(&["import", &person.id, &key]).to_string();
    let said = |name: &str| document["definition"].get(name).and_then(Value::as_str).unwrap_or_default();
    let mut tx = caller.write().await?;
    let (survey, _) =
        survey_for(&mut tx, &caller, survey.as_deref(), said("title"), said("survey_id"), &id).await?;
    let new =
        New { id: &id, survey: &survey, document: &document, diagnostics: &diagnostics, change: "Imported" };
    surveys::create(&mut tx, &new, &person, caller.now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(ImportedView { id, report })).into_response())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportWanted {
    /// The base when absent.
    language: Option<String>,
}

/// The definition as runners take it.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/export", tag = "questionnaires", operation_id = "exportQuestionnaire",
    params(("id" = String, Path), ExportWanted),
    responses((status = 200, body = Object), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn export(
    caller: Caller,
    Path(id): Path<String>,
    Query(wanted): Query<ExportWanted>,
) -> Result<Response, Problem> {
    let mut tx = caller.read().await?;
    let draft = drafts::read(&mut tx, &id).await?;
    tx.commit().await?;
    let definitions = checked(move || compiled(&draft.document)).await?;
    let mut definitions = definitions.into_iter();
    let found = match &wanted.language {
        Some(language) => definitions.find(|(code, _)| code == language),
        None => definitions.next(),
    };
    let (language, definition) = found.ok_or_else(Problem::not_found)?;
    let text = serde_json::to_string_pretty(&definition).map_err(Problem::internal)?;
    let named = definition.get("title").and_then(Value::as_str).unwrap_or_default();
    let named: String = named
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .take(60)
        .collect();
    let mut reply = ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    let file = format!("attachment; filename=\"{}.{}.json\"", named.trim_matches('-'), language);
    if let Ok(file) = HeaderValue::try_from(file) {
        reply.headers_mut().insert(header::CONTENT_DISPOSITION, file);
    }
    Ok(reply)
}

/// Makes a copy, with a history of its own.
#[utoipa::path(
    post, path = "/api/v1/questionnaires/{id}/copy", tag = "questionnaires", operation_id = "copyQuestionnaire",
    params(("id" = String, Path)),
    responses((status = 201, body = Made), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn copy(
    caller: Caller,
    Path(id): Path<String>,
    Idempotency(key): Idempotency,
) -> Result<Response, Problem> {
    // To look at it is enough to copy it; to make something takes an author.
    if caller.account()?.role < Role::Author {
        return Err(Problem::not_allowed(Role::Author.name()));
    }
    let person = caller.person()?;
    let copy = id_of(&["copy", &person.id, &key]).to_string();
    let mut tx = caller.write().await?;
    let draft = drafts::read(&mut tx, &id).await?;
    let row = tx.row("SELECT survey, title FROM questionnaire WHERE id = $1", values![&id]).await?;
    let row = row.ok_or_else(Problem::not_found)?;
    let today = caller.today();
    let (document, diagnostics) = checked(move || {
        let diagnostics = diagnose(&draft.document["definition"], today);
        (draft.document, diagnostics)
    })
    .await?;
    let change = format!("Copy of {}", row.text(1));
    let survey = row.text(0);
    let new =
        New { id: &copy, survey: &survey, document: &document, diagnostics: &diagnostics, change: &change };
    surveys::create(&mut tx, &new, &person, caller.now).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Made { id: copy })).into_response())
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct QuestionnaireChange {
    /// Moves it there; takes an author.
    survey: Option<String>,
    /// Puts it away, or takes it out again; takes an author.
    archived: Option<bool>,
    /// For whoever asks alone.
    starred: Option<bool>,
}

/// Changes what the list says of a questionnaire.
#[utoipa::path(
    patch, path = "/api/v1/questionnaires/{id}", tag = "questionnaires", operation_id = "changeQuestionnaire",
    params(("id" = String, Path)), request_body = QuestionnaireChange,
    responses((status = 200, body = Listed), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    Body(given): Body<QuestionnaireChange>,
) -> Result<Json<Listed>, Problem> {
    let account = caller.account()?;
    let is_for_all = given.survey.is_some() || given.archived.is_some();
    if is_for_all && caller.role.is_none_or(|role| role < Role::Author) {
        return Err(Problem::not_allowed(Role::Author.name()));
    }
    let mut tx = caller.write().await?;
    if let Some(survey) = &given.survey {
        let there = tx.row("SELECT 1 FROM survey WHERE id = $1", values![survey]).await?;
        there.ok_or_else(|| Problem::unsound("There is no such survey."))?;
        tx.execute("UPDATE questionnaire SET survey = $1 WHERE id = $2", values![survey, &id]).await?;
    }
    if let Some(archived) = given.archived {
        tx.execute("UPDATE questionnaire SET archived = $1 WHERE id = $2", values![archived, &id]).await?;
    }
    match given.starred {
        Some(true) => {
            let sql = "INSERT INTO star (account, questionnaire) VALUES ($1, $2) \
                ON CONFLICT (account, questionnaire) DO NOTHING";
            tx.execute(sql, values![&account.id, &id]).await?;
        }
        Some(false) => {
            let sql = "DELETE FROM star WHERE account = $1 AND questionnaire = $2";
            tx.execute(sql, values![&account.id, &id]).await?;
        }
        None => {}
    }
    let listed = listing::one(&mut tx, &id, account).await?;
    tx.commit().await?;
    listed.map(Json).ok_or_else(Problem::not_found)
}

/// What somebody may do with one questionnaire, beyond what they may with all.
#[derive(Serialize, ToSchema)]
pub struct PermissionView {
    account: drafts::Person,
    role: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub struct PermissionBody {
    /// Null takes it away.
    role: Option<Role>,
}

/// Who may do more here than elsewhere.
#[utoipa::path(
    get, path = "/api/v1/questionnaires/{id}/permissions", tag = "questionnaires", operation_id = "listPermissions",
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<PermissionView>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("viewer"))),
)]
pub async fn permissions(
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<PermissionView>>, Problem> {
    let mut tx = caller.read().await?;
    let all = permitted(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(all))
}

async fn permitted(tx: &mut Tx, id: &str) -> Result<Vec<PermissionView>, Problem> {
    let sql = "SELECT account.id, account.name, permission.role FROM permission \
        JOIN account ON account.id = permission.account WHERE questionnaire = $1 ORDER BY account.name LIMIT 1000";
    let rows = tx.rows(sql, values![id]).await?;
    let view = |row: &crate::store::Row| PermissionView {
        account: drafts::Person { id: row.text(0), name: row.text(1) },
        role: row.text(2),
    };
    Ok(rows.iter().map(view).collect())
}

/// Lets somebody do more here than elsewhere: publish at most.
#[utoipa::path(
    put, path = "/api/v1/questionnaires/{id}/permissions/{account}", tag = "questionnaires",
    operation_id = "changePermission",
    params(("id" = String, Path), ("account" = String, Path)), request_body = PermissionBody,
    responses((status = 200, body = Vec<PermissionView>), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn permit(
    caller: Caller,
    Path((id, account)): Path<(String, String)>,
    Body(given): Body<PermissionBody>,
) -> Result<Json<Vec<PermissionView>>, Problem> {
    if given.role == Some(Role::Administrator) {
        return Err(Problem::unsound("One administers an organisation, not a questionnaire."));
    }
    let mut tx = caller.write().await?;
    let there = tx.row("SELECT 1 FROM account WHERE id = $1", values![&account]).await?;
    there.ok_or_else(Problem::not_found)?;
    tx.execute("DELETE FROM permission WHERE questionnaire = $1 AND account = $2", values![&id, &account])
        .await?;
    if let Some(role) = given.role {
        let sql = "INSERT INTO permission (questionnaire, account, role) VALUES ($1, $2, $3)";
        tx.execute(sql, values![&id, &account, role.name()]).await?;
    }
    let all = permitted(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(all))
}
