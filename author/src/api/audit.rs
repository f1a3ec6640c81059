//! The audit log, for administrators to read.

use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::fields::Query;
use super::guard::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::store::Value as Column;

/// Rows of one page.
const PAGE: usize = 200;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    table: Option<String>,
    actor: Option<String>,
    /// Only older than this number: `next` of the page before.
    before: Option<i64>,
}

/// A write: who, when, for which request, what stood there before and after.
#[derive(Serialize, ToSchema)]
pub struct Entry {
    seq: i64,
    at: String,
    /// An account's id, or `system`.
    actor: String,
    /// The account's name, where it is one.
    actor_name: Option<String>,
    request: String,
    table: String,
    key: String,
    operation: String,
    #[schema(value_type = Option<Object>)]
    old: Value,
    #[schema(value_type = Option<Object>)]
    new: Value,
}

#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    /// The latest first.
    items: Vec<Entry>,
    next: Option<i64>,
}

/// A page of the log.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit", operation_id = "readAudit", params(Wanted),
    responses((status = 200, body = AuditPage), (status = "default", content_type = "application/problem+json", body = ProblemBody)),
    extensions(("x-permission" = json!("administrator"))),
)]
pub async fn read(caller: Caller, Query(wanted): Query<Wanted>) -> Result<Json<AuditPage>, Problem> {
    let mut sql = String::from(
        "SELECT audit.seq, audit.at, audit.actor, account.name, audit.request, audit.tbl, audit.key, audit.operation, \
         audit.old, audit.new FROM audit LEFT JOIN account ON account.id = audit.actor WHERE audit.seq < $1",
    );
    let mut values: Vec<Column> = vec![wanted.before.unwrap_or(i64::MAX).into()];
    for (column, value) in [("audit.tbl", wanted.table), ("audit.actor", wanted.actor)] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            values.push(value.into());
            sql.push_str(&format!(" AND {column} = ${}", values.len()));
        }
    }
    sql.push_str(&format!(" ORDER BY audit.seq DESC LIMIT {}", PAGE + 1));
    let mut tx = caller.read().await?;
    let rows = tx.rows(&sql, &values).await?;
    tx.commit().await?;
    let json =
        |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Value::Null);
    let items: Vec<Entry> = rows
        .iter()
        .take(PAGE)
        .map(|row| Entry {
            seq: row.number(0),
            at: row.text(1),
            actor: row.text(2),
            actor_name: row.optional(3),
            request: row.text(4),
            table: row.text(5),
            key: row.text(6),
            operation: row.text(7),
            old: json(row.optional(8)),
            new: json(row.optional(9)),
        })
        .collect();
    let next = items.last().filter(|_| rows.len() > PAGE).map(|last| last.seq);
    Ok(Json(AuditPage { items, next }))
}
