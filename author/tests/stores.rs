//! What holds of every store: SQLite, and a real Postgres.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use author::audit;
use author::store::tables::{SEALED, TABLES};
use author::store::{Acting, Database, StoreError, Value as Column};
use author::tenants::{Tenants, fleet};
use author::values;
use common::{Service, key};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    Timestamp::now()
}

fn somebody() -> Acting {
    Acting::new("somebody", "a request")
}

const SURVEY: &str =
    "INSERT INTO survey (id, title, survey_id, archived, created_at) VALUES ($1, $2, $3, $4, $5)";

async fn add_survey(store: &Database, id: &str, title: &str) -> Result<(), StoreError> {
    let mut tx = store.write(&somebody()).await?;
    tx.execute(SURVEY, values![id, title, "007", false, "2026"]).await?;
    tx.commit().await
}

async fn audited(store: &Database, table: &str, row: &str) -> Vec<Vec<Option<String>>> {
    let mut tx = store.read().await.unwrap();
    let sql =
        "SELECT actor, request, operation, old, new FROM audit WHERE tbl = $1 AND key = $2 ORDER BY seq";
    let rows = tx.rows(sql, values![table, row]).await.unwrap();
    rows.iter().map(|row| (0..5).map(|column| row.optional(column)).collect()).collect()
}

#[tokio::test]
async fn what_is_written_is_read_again_and_what_is_dropped_leaves_no_trace() {
    for (name, service) in Service::all().await {
        let store = service.store().await;
        let title = "O’Neill; DROP TABLE survey; -- ŵ \u{1f469} $1 ?1";
        add_survey(&store, "one", title).await.unwrap();
        assert!(matches!(add_survey(&store, "one", "again").await, Err(StoreError::Taken)), "{name}");
        let mut tx = store.write(&somebody()).await.unwrap();
        tx.execute(SURVEY, values!["two", "dropped", "", true, ""]).await.unwrap();
        drop(tx);
        let mut tx = store.read().await.unwrap();
        let rows =
            tx.rows("SELECT title, archived FROM survey WHERE id IN ($1, $2)", values!["one", "two"]).await;
        let rows = rows.unwrap();
        assert_eq!(rows.len(), 1, "{name}");
        assert_eq!(rows[0].0, [Column::from(title), Column::from(0)], "{name}");
    }
}

#[tokio::test]
async fn a_write_without_an_actor_is_refused_by_the_database() {
    for (name, service) in Service::all().await {
        let store = service.store().await;
        let mut tx = store.write(&Acting::new("", "")).await.unwrap();
        let refused = tx.execute(SURVEY, values!["one", "One", "", false, ""]).await;
        assert!(matches!(refused, Err(StoreError::Refused(_))), "{name}: {refused:?}");
    }
}

#[tokio::test]
async fn every_write_is_written_down_with_who_and_what_stood_before_and_after() {
    for (name, service) in Service::all().await {
        let store = service.store().await;
        add_survey(&store, "one", "One").await.unwrap();
        let mut tx = store.write(&Acting::new("another", "second")).await.unwrap();
        tx.execute("UPDATE survey SET title = $1 WHERE id = $2", values!["Two", "one"]).await.unwrap();
        tx.execute("DELETE FROM survey WHERE id = $1", values!["one"]).await.unwrap();
        tx.commit().await.unwrap();
        let entries = audited(&store, "survey", "one").await;
        let told: Vec<(&str, &str, Value, Value)> = entries
            .iter()
            .map(|entry| {
                let json = |text: &Option<String>| {
                    text.as_deref().map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
                };
                (
                    entry[0].as_deref().unwrap(),
                    entry[2].as_deref().unwrap(),
                    json(&entry[3])["title"].clone(),
                    json(&entry[4])["title"].clone(),
                )
            })
            .collect();
        let expected = [
            ("somebody", "insert", Value::Null, json!("One")),
            ("another", "update", json!("One"), json!("Two")),
            ("another", "delete", json!("Two"), Value::Null),
        ];
        assert_eq!(told, expected, "{name}");
        service.administrator().await;
        let mut tx = store.read().await.unwrap();
        let account = tx.row("SELECT id, password FROM account", &[]).await.unwrap().unwrap();
        let entry = &audited(&store, "account", &account.text(0)).await[0];
        assert!(
            !entry[4].as_ref().unwrap().contains("argon2"),
            "{name}: a secret's digest, never the secret"
        );
    }
}

#[tokio::test]
async fn nobody_changes_the_log_a_change_or_a_version() {
    for (name, service) in Service::all().await {
        let mut browser = service.administrator().await;
        let id = browser.questionnaire("Bakeries").await;
        let title = json!([{"op": "replace", "path": "/definition/title", "value": "Shops"}]);
        assert_eq!(browser.change(&id, 1, &key(), title).await.status, StatusCode::OK, "{name}");
        let path = format!("/api/v1/questionnaires/{id}/versions");
        let tag = [("if-match", "\"2\"")];
        assert_eq!(
            browser.ask(http::Method::POST, &path, None, &tag).await.status,
            StatusCode::CREATED,
            "{name}"
        );
        let store = service.store().await;
        for sql in [
            "UPDATE audit SET actor = 'x'",
            "DELETE FROM audit",
            "INSERT INTO seal (number, first, last, hash, at) VALUES (1, 1, 1, '', ''); UPDATE seal SET hash = 'x'",
            "UPDATE change SET label = 'x'",
            "DELETE FROM change",
            "UPDATE version SET definitions = '{}'",
            "UPDATE version SET number = 7",
            "DELETE FROM version",
            "UPDATE account SET id = 'x'",
            "DELETE FROM questionnaire",
        ] {
            let mut tx = store.write(&somebody()).await.unwrap();
            let mut refused = Ok(0);
            for sql in sql.split("; ") {
                refused = tx.execute(sql, &[]).await;
            }
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{name}: {sql}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn every_table_is_audited_whole() {
    for (name, service) in Service::all().await {
        let store = service.store().await;
        let is_postgres = matches!(store, Database::Postgres(_));
        let mut tx = store.read().await.unwrap();
        let sql = if is_postgres {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'acting'"
        };
        let there: BTreeSet<String> =
            tx.rows(sql, &[]).await.unwrap().iter().map(|row| row.text(0)).collect();
        let known = TABLES.iter().map(|table| table.name).chain(SEALED).map(str::to_owned).collect();
        assert_eq!(there, known, "{name}");
        for table in TABLES {
            let sql = if is_postgres {
                "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1"
            } else {
                "SELECT name FROM pragma_table_info($1)"
            };
            let rows = tx.rows(sql, values![table.name]).await.unwrap();
            let columns: BTreeSet<String> = rows.iter().map(|row| row.text(0)).collect();
            let written = table.written().chain(table.digested.iter().copied()).map(str::to_owned).collect();
            assert_eq!(columns, written, "{name}: {}", table.name);
        }
    }
}

#[tokio::test]
async fn what_is_changed_behind_the_log_is_found() {
    for (name, service) in Service::all().await {
        let mut browser = service.administrator().await;
        browser.questionnaire("Bakeries").await;
        let store = service.store().await;
        let key = &service.app.audit_key;
        assert!(audit::seal(&store, key, now()).await.unwrap() > 0, "{name}");
        add_survey(&store, "one", "One").await.unwrap();
        assert!(audit::seal(&store, key, now()).await.unwrap() > 0, "{name}");
        let sound = audit::verify(&store, key).await.unwrap();
        assert_eq!((sound.findings, sound.seals), (vec![], 2), "{name}");

        // As the owner of the database, with the triggers out of the way.
        let owner = async |statements: &[&str]| match &store {
            Database::Sqlite(_) => {
                let file = rusqlite::Connection::open(service.database()).unwrap();
                for trigger in
                    ["audit_survey_update", "audit_survey_insert", "fate_audit_UPDATE", "fate_audit_DELETE"]
                {
                    file.execute_batch(&format!("DROP TRIGGER IF EXISTS {trigger}")).unwrap();
                }
                statements.iter().for_each(|sql| file.execute_batch(sql).unwrap());
            }
            Database::Postgres(postgres) => {
                postgres.outside("ALTER TABLE survey DISABLE TRIGGER ALL").await.unwrap();
                postgres.outside("ALTER TABLE audit DISABLE TRIGGER ALL").await.unwrap();
                for sql in statements {
                    postgres.outside(sql).await.unwrap();
                }
            }
        };
        owner(&["UPDATE survey SET title = 'Changed' WHERE id = 'one'"]).await;
        let found = audit::verify(&store, key).await.unwrap().findings;
        assert_eq!(found, ["survey one: the row is not what was written"], "{name}");
        owner(&[
            "UPDATE survey SET title = 'One' WHERE id = 'one'",
            "INSERT INTO survey VALUES ('two', '', '', 0, '')",
        ])
        .await;
        let found = audit::verify(&store, key).await.unwrap().findings;
        assert_eq!(found, ["survey two: nobody wrote this row"], "{name}");
        owner(&["DELETE FROM audit WHERE tbl = 'survey' AND key = 'one'"]).await;
        let found = audit::verify(&store, key).await.unwrap().findings;
        assert!(found[0].starts_with("seal 2"), "{name}: {found:?}");
        owner(&["UPDATE audit SET actor = 'x' WHERE seq = 1"]).await;
        let found = audit::verify(&store, key).await.unwrap().findings;
        assert!(found[0].starts_with("seal 1"), "{name}: {found:?}");
    }
}

#[tokio::test]
async fn of_edits_at_one_moment_one_is_saved_and_the_others_are_told() {
    for (name, service) in Service::all().await {
        let mut browser = service.administrator().await;
        let id = browser.questionnaire("Bakeries").await;
        let edits = (0..8).map(|number| {
            let (mut browser, id) = (browser.clone(), id.clone());
            tokio::spawn(async move {
                let title =
                    json!([{"op": "replace", "path": "/definition/title", "value": format!("T{number}")}]);
                browser.change(&id, 1, &key(), title).await.status
            })
        });
        let mut saved = 0;
        for edit in edits.collect::<Vec<_>>() {
            match edit.await.unwrap() {
                StatusCode::OK => saved += 1,
                StatusCode::PRECONDITION_FAILED => {}
                status => panic!("{name}: {status}"),
            }
        }
        assert_eq!(saved, 1, "{name}");
    }
}

#[tokio::test]
async fn an_organisation_is_found_by_its_host_and_sees_nothing_of_another() {
    let Some(service) = Service::on_postgres().await else { return };
    service.make_organisation("wales").await;
    let mut demo = service.administrator().await;
    let id = demo.questionnaire("Bakeries").await;
    let mut wales = service.browser();
    wales.host = "wales.author.example.org:5010".to_owned();
    assert_eq!(wales.look().await["first_run"], true);
    let mut stolen = demo.clone();
    stolen.host.clone_from(&wales.host);
    assert_eq!(
        stolen.get(&format!("/api/v1/questionnaires/{id}/draft")).await.status,
        StatusCode::UNAUTHORIZED
    );
    let mut unknown = service.browser();
    unknown.host = "england.author.example.org".to_owned();
    let (host, path) = (unknown.get("/api/v1/session").await, demo.get("/api/v1/no-such-path").await);
    assert_eq!(host.status, StatusCode::NOT_FOUND);
    assert_eq!(host.json, path.json, "an unknown host is as an unknown path");
}

#[tokio::test]
async fn a_migration_that_was_cut_off_is_run_again_and_ends() {
    let Some(service) = Service::on_postgres().await else { return };
    let Tenants::Many(catalogue) = &service.app.tenants else { panic!("one organisation") };
    let names: Vec<String> = (0..6).map(|number| format!("office-{number}")).collect();
    for name in &names {
        service.make_organisation(name).await;
        // As an older release left it.
        let Database::Postgres(postgres) = catalogue.database(name).unwrap() else { panic!("not Postgres") };
        postgres
            .outside(
                "ALTER TABLE migration DISABLE TRIGGER ALL; DELETE FROM migration WHERE number = 2; \
            DROP INDEX audit_request; ALTER TABLE migration ENABLE TRIGGER ALL",
            )
            .await
            .unwrap();
        postgres.close().await;
    }
    catalogue.forget_steps().await.unwrap();
    // Cut off while at it.
    let cut = tokio::time::timeout(
        std::time::Duration::from_millis(60),
        fleet::migrate(catalogue, 1, now(), |_, _| {}),
    );
    let _ = cut.await;
    let run = fleet::migrate(catalogue, 2, now(), |_, _| {}).await.unwrap();
    assert_eq!(run.failed, []);
    let listed = catalogue.list().await.unwrap();
    assert!(
        listed.iter().all(|listed| listed.schema == author::store::SCHEMA && listed.state == "ready"),
        "{listed:?}"
    );
    assert_eq!(
        fleet::migrate(catalogue, 1, now(), |_, _| {}).await.unwrap(),
        fleet::Run::default(),
        "nothing is left"
    );
}

#[tokio::test]
async fn while_a_database_is_away_one_is_told_so_and_others_work_on() {
    let Some(service) = Service::on_postgres().await else { return };
    service.make_organisation("wales").await;
    let mut demo = service.administrator().await;
    let id = demo.questionnaire("Bakeries").await;
    let Database::Postgres(postgres) = service.store().await else { panic!("not Postgres") };
    let server = author::store::postgres::Cap::new(1);
    let server = author::store::Postgres::new(&std::env::var("POSTGRES").unwrap(), None, &server).unwrap();
    let name = postgres.name().to_owned();
    server.outside(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
    let ends = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    server.outside(&ends).await.unwrap();
    let away = demo.change(&id, 1, "kept", json!([])).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "{}", away.text);
    assert_eq!(away.json["type"], "/problems/unavailable");
    let mut wales = service.browser();
    wales.host = "wales.author.example.org".to_owned();
    assert_eq!(wales.get("/api/v1/session").await.status, StatusCode::OK, "another organisation's is there");
    server.outside(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await.unwrap();
    assert_eq!(
        demo.change(&id, 1, "kept", json!([])).await.status,
        StatusCode::OK,
        "sent again, it is saved"
    );
}
