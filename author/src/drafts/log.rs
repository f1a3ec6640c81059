//! Drafts in the store: the document as it stands, and the log of what led to it.

use jiff::Timestamp;
use serde_json::Value;

use super::{Change, Patch, PatchError, Person, apply};
use crate::store::{StoreError, Tx};
use crate::values;

/// Changes that a reply tells at most.
pub const MOST: i64 = 500;

/// A draft as it stands.
#[derive(Clone, Debug)]
pub struct Draft {
    pub revision: i64,
    pub document: Value,
}

/// An edit on its way.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The revision that it was made for.
    pub expected: i64,
    pub label: String,
    pub patch: Patch,
    pub undoes: Option<i64>,
    /// The same edit, sent again, says the same.
    pub idempotency: String,
}

/// What became of an edit.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It is the latest change; the document after it.
    Now(Box<Change>, Value),
    /// It was saved before: the revision that it made then, and when.
    Before(i64, String),
}

/// Why an edit is not saved.
#[derive(Debug, thiserror::Error)]
pub enum Unsaved {
    #[error("there is no such draft")]
    Missing,
    /// The draft went on: all changes since.
    #[error("somebody else changed the draft")]
    Overtaken(i64, Vec<Change>),
    #[error(transparent)]
    Patch(#[from] PatchError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a kept draft cannot be read")]
    Unreadable,
}

/// A draft that begins.
pub struct Begun<'a> {
    pub questionnaire: &'a str,
    pub document: &'a Value,
}

/// Begins a draft, at revision 1.
///
/// # Errors
/// [`StoreError`].
pub async fn begin(tx: &mut Tx, begun: &Begun<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO draft (questionnaire, revision, document) VALUES ($1, 1, $2)";
    tx.execute(sql, values![begun.questionnaire, begun.document.to_string()]).await.map(|_| ())
}

/// The draft of a questionnaire.
///
/// # Errors
/// [`Unsaved`].
pub async fn read(tx: &mut Tx, questionnaire: &str) -> Result<Draft, Unsaved> {
    let sql = "SELECT revision, document FROM draft WHERE questionnaire = $1";
    let row = tx.row(sql, values![questionnaire]).await?.ok_or(Unsaved::Missing)?;
    let document = serde_json::from_str(&row.text(1)).map_err(|_| Unsaved::Unreadable)?;
    Ok(Draft { revision: row.number(0), document })
}

/// The draft as it was at a revision: the changes since, taken back.
///
/// # Errors
/// [`Unsaved::Missing`] also for a revision that never was.
pub async fn at_revision(tx: &mut Tx, questionnaire: &str, revision: i64) -> Result<Draft, Unsaved> {
    let mut draft = read(tx, questionnaire).await?;
    if revision < 1 || revision > draft.revision {
        return Err(Unsaved::Missing);
    }
    let sql = "SELECT inverse FROM change WHERE questionnaire = $1 AND revision > $2 ORDER BY revision DESC";
    for row in tx.rows(sql, values![questionnaire, revision]).await? {
        let inverse: Patch = serde_json::from_str(&row.text(0)).map_err(|_| Unsaved::Unreadable)?;
        draft.document = apply(&draft.document, &inverse)?.0;
    }
    draft.revision = revision;
    Ok(draft)
}

/// The changes after a revision, oldest first.
///
/// # Errors
/// [`Unsaved`].
pub async fn changes(
    tx: &mut Tx,
    questionnaire: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<Change>, Unsaved> {
    let sql = "SELECT change.revision, change.label, change.patch, change.inverse, change.actor, account.name, \
        change.at, change.undoes FROM change JOIN account ON account.id = change.actor \
        WHERE change.questionnaire = $1 AND change.revision > $2 ORDER BY change.revision LIMIT $3";
    let rows = tx.rows(sql, values![questionnaire, after, limit.clamp(1, MOST)]).await?;
    rows.iter()
        .map(|row| {
            let patch = |column| serde_json::from_str(&row.text(column)).map_err(|_| Unsaved::Unreadable);
            Ok(Change {
                revision: row.number(0),
                label: row.text(1),
                patch: patch(2)?,
                inverse: patch(3)?,
                actor: Person { id: row.text(4), name: row.text(5) },
                at: row.text(6),
                undoes: row.optional_number(7),
            })
        })
        .collect()
}

/// Saves an edit. Of two who save at once one is told that the row is [`StoreError::Taken`], and tries again: then it
/// sees what the other did.
///
/// # Errors
/// [`Unsaved`]; then nothing is changed.
pub async fn save(
    tx: &mut Tx,
    questionnaire: &str,
    edit: &Edit,
    actor: &Person,
    now: Timestamp,
) -> Result<Saved, Unsaved> {
    let sql = "SELECT revision, at FROM change WHERE questionnaire = $1 AND idempotency = $2";
    if let Some(row) = tx.row(sql, values![questionnaire, &edit.idempotency]).await? {
        return Ok(Saved::Before(row.number(0), row.text(1)));
    }
    let draft = read(tx, questionnaire).await?;
    if draft.revision != edit.expected {
        let missed = changes(tx, questionnaire, edit.expected, MOST).await?;
        return Err(Unsaved::Overtaken(draft.revision, missed));
    }
    let (document, inverse) = apply(&draft.document, &edit.patch)?;
    let change = Change {
        revision: draft.revision + 1,
        label: edit.label.clone(),
        patch: edit.patch.clone(),
        inverse,
        actor: actor.clone(),
        at: now.to_string(),
        undoes: edit.undoes,
    };
    let text = |patch: &Patch| serde_json::to_string(patch).map_err(|_| Unsaved::Unreadable);
    let sql = "INSERT INTO change (questionnaire, revision, label, patch, inverse, actor, at, undoes, idempotency) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, CAST($8 AS BIGINT), $9)";
    let undoes = change.undoes.map(|revision| revision.to_string());
    let values = values![
        questionnaire,
        change.revision,
        &change.label,
        text(&change.patch)?,
        text(&change.inverse)?,
        &actor.id,
        &change.at,
        undoes,
        &edit.idempotency,
    ];
    tx.execute(sql, values).await?;
    let sql = "UPDATE draft SET revision = $1, document = $2 WHERE questionnaire = $3";
    tx.execute(sql, values![change.revision, document.to_string(), questionnaire]).await?;
    Ok(Saved::Now(Box::new(change), document))
}
