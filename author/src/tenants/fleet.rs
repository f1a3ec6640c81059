//! All organisations' tables, made and brought up to date: a few at a time, each written down as it ends, so that a run
//! that is cut off is simply run again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::stream::{StreamExt as _, iter};
use jiff::Timestamp;

use super::catalogue::{Catalogue, Listed, is_slug};
use crate::start::prepare;
use crate::store::{SCHEMA, StoreError};

/// At work at a time.
const AT_ONCE: usize = 8;
/// After so many failures no more are begun: what fails in one organisation is likely to in all.
const PATIENCE: usize = 3;

/// What became of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub done: usize,
    /// Name and reason.
    pub failed: Vec<(String, String)>,
    /// Not begun, because others failed.
    pub left: usize,
}

/// Makes an organisation; one whose making was cut off is made on.
///
/// # Errors
/// [`StoreError::Refused`] for what can be no name, [`StoreError::Taken`] when there is one.
pub async fn create(catalogue: &Catalogue, slug: &str, name: &str, now: Timestamp) -> Result<(), StoreError> {
    if !is_slug(slug) {
        let why = "a name is lower-case letters, digits and hyphens, at most 40";
        return Err(StoreError::Refused(why.to_owned()));
    }
    catalogue.begin_to_make(slug, name, now).await?;
    let made = async {
        catalogue.make_database(slug).await?;
        prepare(&catalogue.database(slug)?, slug, name, now).await
    };
    match made.await {
        Ok(()) => catalogue.became(slug, "ready", SCHEMA, "", now).await,
        Err(why) => {
            catalogue.became(slug, "failed", 0, &why.to_string(), now).await?;
            Err(why)
        }
    }
}

/// Brings the tables of all organisations up to date: those that the catalogue has at an earlier step. First `canary`
/// of them, one after the other; if one fails, no other is begun. `tell` is told of each as it ends.
///
/// # Errors
/// [`StoreError`] when the catalogue is away.
pub async fn migrate(
    catalogue: &Catalogue,
    canary: usize,
    now: Timestamp,
    tell: impl Fn(&str, &Result<(), StoreError>) + Sync,
) -> Result<Run, StoreError> {
    let behind: Vec<_> =
        catalogue.list().await?.into_iter().filter(|listed| listed.schema < SCHEMA).collect();
    let mut run = Run::default();
    let (first, rest) = behind.split_at(canary.min(behind.len()));
    for listed in first {
        let done = one(catalogue, listed, now).await;
        tell(&listed.slug, &done);
        match done {
            Ok(()) => run.done += 1,
            Err(why) => {
                run.failed.push((listed.slug.clone(), why.to_string()));
                run.left = behind.len() - run.done - 1;
                return Ok(run);
            }
        }
    }
    let failures = Arc::new(AtomicUsize::new(0));
    let tell = &tell;
    let work = rest.iter().map(|listed| {
        let failures = Arc::clone(&failures);
        async move {
            if failures.load(Ordering::Relaxed) >= PATIENCE {
                return None;
            }
            let done = one(catalogue, listed, now).await;
            if done.is_err() {
                failures.fetch_add(1, Ordering::Relaxed);
            }
            tell(&listed.slug, &done);
            Some((listed.slug.clone(), done))
        }
    });
    let ended: Vec<Option<(String, Result<(), StoreError>)>> =
        iter(work).buffer_unordered(AT_ONCE).collect().await;
    for ended in ended {
        match ended {
            Some((_, Ok(()))) => run.done += 1,
            Some((slug, Err(why))) => run.failed.push((slug, why.to_string())),
            None => run.left += 1,
        }
    }
    Ok(run)
}

/// One organisation; what fails leaves it as it was, to be served as before.
async fn one(catalogue: &Catalogue, listed: &Listed, now: Timestamp) -> Result<(), StoreError> {
    let Listed { slug, name, state, schema, .. } = listed;
    let migrated = async {
        catalogue.make_database(slug).await?;
        prepare(&catalogue.database(slug)?, slug, name, now).await
    };
    match migrated.await {
        Ok(()) => catalogue.became(slug, "ready", SCHEMA, "", now).await,
        Err(why) => {
            catalogue.became(slug, state, *schema, &why.to_string(), now).await?;
            Err(why)
        }
    }
}
