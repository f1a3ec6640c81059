-- The tables of one organisation, for SQLite and Postgres alike. Times are texts in UTC that sort as they lie; truths are
-- 0 and 1; definitions are texts, so that they come back as they were written. {serial} is a number of the database's own.
CREATE TABLE organisation (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE registry_token (
    hash TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, revoked_at TEXT);
CREATE TABLE account (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, language TEXT NOT NULL,
    disabled BIGINT NOT NULL, password TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE TABLE session (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL, expires_at TEXT NOT NULL, agent TEXT NOT NULL);
CREATE INDEX session_account ON session (account);
CREATE TABLE reset_link (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL, used_at TEXT);
CREATE TABLE survey (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, survey_id TEXT NOT NULL, archived BIGINT NOT NULL,
    created_at TEXT NOT NULL);
-- What the home page lists; all but survey, owner and archived follows from the draft, and is written with it.
CREATE TABLE questionnaire (
    id TEXT PRIMARY KEY, survey TEXT NOT NULL REFERENCES survey (id), owner TEXT NOT NULL REFERENCES account (id),
    archived BIGINT NOT NULL, title TEXT NOT NULL, form_type TEXT NOT NULL, errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL, languages TEXT NOT NULL, change TEXT NOT NULL, changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL REFERENCES account (id), created_at TEXT NOT NULL);
CREATE INDEX questionnaire_survey ON questionnaire (survey);
CREATE TABLE permission (
    questionnaire TEXT NOT NULL REFERENCES questionnaire (id), account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL, PRIMARY KEY (questionnaire, account));
CREATE TABLE star (
    account TEXT NOT NULL REFERENCES account (id), questionnaire TEXT NOT NULL REFERENCES questionnaire (id),
    PRIMARY KEY (account, questionnaire));
CREATE TABLE draft (
    questionnaire TEXT PRIMARY KEY REFERENCES questionnaire (id), revision BIGINT NOT NULL, document TEXT NOT NULL);
CREATE TABLE change (
    questionnaire TEXT NOT NULL REFERENCES questionnaire (id), revision BIGINT NOT NULL, label TEXT NOT NULL,
    patch TEXT NOT NULL, inverse TEXT NOT NULL, actor TEXT NOT NULL REFERENCES account (id), at TEXT NOT NULL,
    undoes BIGINT, idempotency TEXT NOT NULL, PRIMARY KEY (questionnaire, revision));
CREATE UNIQUE INDEX change_idempotency ON change (questionnaire, idempotency);
CREATE TABLE version (
    questionnaire TEXT NOT NULL REFERENCES questionnaire (id), number BIGINT NOT NULL, guid TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, survey_id TEXT NOT NULL, form_type TEXT NOT NULL, revision BIGINT NOT NULL,
    definitions TEXT NOT NULL, sha256 TEXT NOT NULL, published_at TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES account (id), idempotency TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT,
    PRIMARY KEY (questionnaire, number));
CREATE UNIQUE INDEX version_idempotency ON version (questionnaire, idempotency);
CREATE TABLE preview_link (
    hash TEXT PRIMARY KEY, questionnaire TEXT NOT NULL REFERENCES questionnaire (id), revision BIGINT NOT NULL,
    created_at TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES account (id), expires_at TEXT NOT NULL);
CREATE TABLE migration (number BIGINT PRIMARY KEY, at TEXT NOT NULL);

-- Who did what, with what stood there before and after; written by triggers alone.
CREATE TABLE audit (
    seq {serial}, at TEXT NOT NULL, actor TEXT NOT NULL, request TEXT NOT NULL, tbl TEXT NOT NULL,
    key TEXT NOT NULL, operation TEXT NOT NULL, old TEXT, new TEXT);
CREATE INDEX audit_row ON audit (tbl, key);
CREATE INDEX audit_actor ON audit (actor);
-- Entries first to last, and a hash over them and the seal before.
CREATE TABLE seal (
    number BIGINT PRIMARY KEY, first BIGINT NOT NULL, last BIGINT NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL);
