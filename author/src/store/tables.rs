//! The tables as the audit sees them: how a row is named, what is written of it, and what may become of it. Triggers
//! for both databases are made from this, so that no table is forgotten; a test holds that none is.

/// What may become of a row once it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Anything.
    Free,
    /// Nothing.
    Fixed,
    /// Only these columns may change, and it stays.
    Sets(&'static [&'static str]),
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// The other columns, written as they are.
    pub plain: &'static [&'static str],
    /// The columns that are secret or long: their digest is written.
    pub digested: &'static [&'static str],
    pub fate: Fate,
}

impl Table {
    /// All columns but the digested.
    pub fn written(&self) -> impl Iterator<Item = &'static str> {
        self.key.iter().chain(self.plain).copied()
    }
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    plain: &'static [&'static str],
    digested: &'static [&'static str],
    fate: Fate,
) -> Table {
    Table { name, key, plain, digested, fate }
}

/// Every table whose writes are audited.
pub const TABLES: &[Table] = &[
    table("organisation", &["id"], &["name", "created_at"], &[], Fate::Free),
    table(
        "registry_token",
        &["hash"],
        &["name", "created_at", "revoked_at"],
        &[],
        Fate::Sets(&["revoked_at"]),
    ),
    table(
        "account",
        &["id"],
        &["email", "name", "role", "language", "disabled", "created_at"],
        &["password"],
        Fate::Sets(&["email", "name", "role", "language", "disabled", "password"]),
    ),
    table(
        "session",
        &["hash"],
        &["account", "created_at", "seen_at", "expires_at", "agent"],
        &[],
        Fate::Free,
    ),
    table(
        "reset_link",
        &["hash"],
        &["account", "created_at", "expires_at", "used_at"],
        &[],
        Fate::Sets(&["used_at"]),
    ),
    table("survey", &["id"], &["title", "survey_id", "archived", "created_at"], &[], Fate::Free),
    table(
        "questionnaire",
        &["id"],
        &[
            "survey",
            "owner",
            "archived",
            "title",
            "form_type",
            "errors",
            "warnings",
            "languages",
            "change",
            "changed_at",
            "changed_by",
            "created_at",
        ],
        &[],
        Fate::Sets(&[
            "survey",
            "owner",
            "archived",
            "title",
            "form_type",
            "errors",
            "warnings",
            "languages",
            "change",
            "changed_at",
            "changed_by",
        ]),
    ),
    table("permission", &["questionnaire", "account"], &["role"], &[], Fate::Free),
    table("star", &["account", "questionnaire"], &[], &[], Fate::Free),
    table("draft", &["questionnaire"], &["revision"], &["document"], Fate::Sets(&["revision", "document"])),
    table(
        "change",
        &["questionnaire", "revision"],
        &["label", "actor", "at", "undoes", "idempotency"],
        &["patch", "inverse"],
        Fate::Fixed,
    ),
    table(
        "version",
        &["questionnaire", "number"],
        &[
            "guid",
            "title",
            "survey_id",
            "form_type",
            "revision",
            "sha256",
            "published_at",
            "published_by",
            "idempotency",
            "withdrawn_at",
            "withdrawn_by",
        ],
        &["definitions"],
        Fate::Sets(&["withdrawn_at", "withdrawn_by"]),
    ),
    table(
        "preview_link",
        &["hash"],
        &["questionnaire", "revision", "created_at", "created_by", "expires_at"],
        &[],
        Fate::Free,
    ),
    table("migration", &["number"], &["at"], &[], Fate::Fixed),
];

/// Tables that the audit itself is made of: nothing in them ever changes.
pub const SEALED: [&str; 2] = ["audit", "seal"];

/// Triggers for SQLite. Who acts stands in `acting`, for as long as a transaction lasts.
#[must_use]
pub fn sqlite_triggers() -> String {
    let mut sql = String::from("CREATE TABLE acting (actor TEXT NOT NULL, request TEXT NOT NULL);\n");
    for table in TABLES {
        let name = table.name;
        let object = |row: &str| {
            let written = table.written().map(|column| format!("'{column}', {row}.{column}"));
            let digested = table.digested.iter().map(|column| format!("'{column}', digest({row}.{column})"));
            format!("json_object({})", written.chain(digested).collect::<Vec<_>>().join(", "))
        };
        let key = |row: &str| {
            let parts: Vec<String> = table.key.iter().map(|column| format!("{row}.{column}")).collect();
            parts.join(" || ' ' || ")
        };
        for (operation, row, old, new) in [
            ("insert", "NEW", "NULL".to_owned(), object("NEW")),
            ("update", "NEW", object("OLD"), object("NEW")),
            ("delete", "OLD", object("OLD"), "NULL".to_owned()),
        ] {
            sql.push_str(&format!(
                "CREATE TRIGGER audit_{name}_{operation} AFTER {operation} ON {name} BEGIN\n\
                 SELECT RAISE(ABORT, 'nobody acts') WHERE NOT EXISTS (SELECT 1 FROM acting WHERE actor <> '');\n\
                 INSERT INTO audit (at, actor, request, tbl, key, operation, old, new)\n\
                 SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), actor, request, '{name}', {key}, '{operation}', {old}, {new}\n\
                 FROM acting LIMIT 1;\nEND;\n",
                key = key(row),
            ));
        }
        let refused = match table.fate {
            Fate::Free => continue,
            Fate::Fixed => String::new(),
            Fate::Sets(columns) => {
                let kept = table.written().chain(table.digested.iter().copied());
                let kept = kept.filter(|column| !columns.contains(column));
                let differ: Vec<String> =
                    kept.map(|column| format!("OLD.{column} IS NOT NEW.{column}")).collect();
                format!("WHEN {}", differ.join(" OR "))
            }
        };
        sql.push_str(&format!(
            "CREATE TRIGGER fate_{name}_update BEFORE UPDATE ON {name} {refused} BEGIN\n\
             SELECT RAISE(ABORT, '{name}: this never changes'); END;\n\
             CREATE TRIGGER fate_{name}_delete BEFORE DELETE ON {name} BEGIN\n\
             SELECT RAISE(ABORT, '{name}: this stays'); END;\n"
        ));
    }
    for name in SEALED {
        for operation in ["UPDATE", "DELETE"] {
            sql.push_str(&format!(
                "CREATE TRIGGER fate_{name}_{operation} BEFORE {operation} ON {name} BEGIN\n\
                 SELECT RAISE(ABORT, '{name}: this stays'); END;\n"
            ));
        }
    }
    sql
}

/// Triggers for Postgres, and what the role that serves may do.
#[must_use]
pub fn postgres_triggers() -> String {
    let mut sql = String::from(include_str!("postgres.sql"));
    for table in TABLES {
        let name = table.name;
        let (key, digested) = (table.key.join(","), table.digested.join(","));
        sql.push_str(&format!(
            "CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {name}\n\
             FOR EACH ROW EXECUTE FUNCTION audit_row('{key}', '{digested}');\n\
             CREATE TRIGGER stays BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION never();\n\
             GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO canvass_app;\n"
        ));
        let refused = match table.fate {
            Fate::Free => continue,
            Fate::Fixed => String::new(),
            Fate::Sets(columns) => {
                let kept = table.written().chain(table.digested.iter().copied());
                let kept: Vec<&str> = kept.filter(|column| !columns.contains(column)).collect();
                let row = |row: &str| {
                    kept.iter().map(|column| format!("{row}.{column}")).collect::<Vec<_>>().join(", ")
                };
                format!("WHEN (ROW({}) IS DISTINCT FROM ROW({}))", row("OLD"), row("NEW"))
            }
        };
        sql.push_str(&format!(
            "CREATE TRIGGER fate_update BEFORE UPDATE ON {name} FOR EACH ROW {refused} EXECUTE FUNCTION never();\n\
             CREATE TRIGGER fate_delete BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION never();\n"
        ));
    }
    for name in SEALED {
        sql.push_str(&format!(
            "CREATE TRIGGER fate BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION never();\n\
             CREATE TRIGGER stays BEFORE TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION never();\n"
        ));
    }
    sql.push_str("GRANT SELECT ON audit TO canvass_app;\nGRANT SELECT, INSERT ON seal TO canvass_app;\n");
    sql
}
