//! What operators do by hand: accounts, the audit log, organisations. Each says what it did, a line a thing.

use jiff::{SignedDuration, Timestamp};

use crate::accounts::{self, NewAccount, Role};
use crate::audit;
use crate::config::Config;
use crate::secret::{sha256_hex, token};
use crate::start;
use crate::store::{Acting, Database, StoreError};
use crate::tenants::catalogue::Catalogue;
use crate::tenants::{DEMO, Tenants, fleet};
use crate::values;

/// Why a command did not do it: one line.
type Failed = String;

fn said<E: std::fmt::Display>(why: E) -> Failed {
    why.to_string()
}

async fn database(config: &Config, slug: &str) -> Result<Database, Failed> {
    let tenants = start::tenants(config, Timestamp::now()).await.map_err(said)?;
    match tenants {
        Tenants::One(tenant) if tenant.slug == slug => Ok(tenant.database.clone()),
        Tenants::One(_) => Err(format!("there is no organisation {slug}: STORE holds {DEMO} alone")),
        Tenants::Many(catalogue) => match catalogue.find(slug).await.map_err(said)? {
            Some(tenant) => Ok(tenant.database.clone()),
            None => Err(format!("there is no organisation {slug}")),
        },
    }
}

async fn catalogue(config: &Config) -> Result<Catalogue, Failed> {
    match start::tenants(config, Timestamp::now()).await.map_err(said)? {
        Tenants::Many(catalogue) => Ok(catalogue),
        Tenants::One(_) => {
            Err("STORE is one organisation's: give sqlite-folder:PATH or postgres://…".to_owned())
        }
    }
}

/// Makes an account, and prints the link by which its password is chosen, once, within three days.
///
/// # Errors
/// What is wrong, in a line.
pub async fn create_account(
    config: &Config,
    email: &str,
    name: &str,
    role: &str,
    slug: Option<&str>,
) -> Result<(), Failed> {
    let role = Role::from_name(role);
    let role = role.ok_or("a role is viewer, author, publisher or administrator")?;
    let database = database(config, slug.unwrap_or(DEMO)).await?;
    let (id, secret, now) = (uuid::Uuid::new_v4().to_string(), token().map_err(said)?, Timestamp::now());
    let mut tx = database.write(&Acting::new("system", "accounts create")).await.map_err(said)?;
    let new = NewAccount { id: &id, email, name, role, language: "en", password: None };
    accounts::create(&mut tx, &new, now).await.map_err(|why| match why {
        StoreError::Taken => "somebody has this e-mail address".to_owned(),
        why => said(why),
    })?;
    let sql = "INSERT INTO reset_link (hash, account, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, NULL)";
    let expires_at = (now + SignedDuration::from_hours(72)).to_string();
    let hash = sha256_hex(secret.expose().as_bytes());
    tx.execute(sql, values![hash, &id, now.to_string(), expires_at]).await.map_err(said)?;
    tx.commit().await.map_err(said)?;
    println!("made; its password is chosen at /reset-password#{}", secret.expose());
    Ok(())
}

/// Tells whether an organisation's audit log and rows agree.
///
/// # Errors
/// What was found, each in a line.
pub async fn verify(config: &Config, slug: Option<&str>) -> Result<(), Failed> {
    let key = audit::Key::of(&config.audit_key).map_err(said)?;
    let database = database(config, slug.unwrap_or(DEMO)).await?;
    let verdict = audit::verify(&database, &key).await.map_err(said)?;
    println!("{} entries, {} seals, head {}", verdict.entries, verdict.seals, verdict.head);
    if verdict.findings.is_empty() {
        println!("log and rows agree");
        return Ok(());
    }
    Err(verdict.findings.join("\n"))
}

/// Makes an organisation.
///
/// # Errors
/// What is wrong, in a line.
pub async fn create_tenant(config: &Config, slug: &str, name: &str) -> Result<(), Failed> {
    let catalogue = catalogue(config).await?;
    fleet::create(&catalogue, slug, name, Timestamp::now()).await.map_err(|why| match why {
        StoreError::Taken => format!("there is an organisation {slug} already"),
        why => said(why),
    })?;
    println!("{slug} is ready");
    Ok(())
}

/// Lists the organisations.
///
/// # Errors
/// What is wrong, in a line.
pub async fn list_tenants(config: &Config) -> Result<(), Failed> {
    for listed in catalogue(config).await?.list().await.map_err(said)? {
        println!(
            "{}\t{}\tstep {}\t{}\t{}",
            listed.slug, listed.state, listed.schema, listed.name, listed.failure
        );
    }
    Ok(())
}

/// Brings the tables of all organisations up to date.
///
/// # Errors
/// Which failed, each in a line.
pub async fn migrate_tenants(config: &Config, canary: usize) -> Result<(), Failed> {
    let catalogue = catalogue(config).await?;
    let tell = |slug: &str, done: &Result<(), StoreError>| match done {
        Ok(()) => println!("{slug}\tready"),
        Err(why) => println!("{slug}\tfailed: {why}"),
    };
    let run = fleet::migrate(&catalogue, canary, Timestamp::now(), tell).await.map_err(said)?;
    println!("{} brought up to date, {} failed, {} left", run.done, run.failed.len(), run.left);
    if run.failed.is_empty() { Ok(()) } else { Err("run it again when the cause is mended".to_owned()) }
}
