//! Every variable, in the order `runner --help` prints them.

/// In [`Variable::default`]: accepted for eQ's sake, does nothing.
pub(super) const NO_MEANING: &str = "no meaning here";

/// One variable.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the environment.
    pub name: &'static str,
    /// What it is when not set, in words.
    pub default: &'static str,
    /// What it does.
    pub what: &'static str,
}

const fn variable(name: &'static str, default: &'static str, what: &'static str) -> Variable {
    Variable { name, default, what }
}

/// The whole table.
pub const VARIABLES: &[Variable] = &[
    variable("HOST", "127.0.0.1", "address to listen on; 0.0.0.0 lets other machines in"),
    variable("PORT", "5000", "port to listen on; 0 takes any free one"),
    variable("ADMIN_PORT", "none", "port on which /metrics, /livez and /readyz answer besides"),
    variable("DEMO", "false", "a launcher, keys made on the spot, submissions in clear: for trying things"),
    variable(
        "QUESTIONNAIRES",
        "questionnaires",
        "folders, separated by `:`, below which LANG/NAME.json and NAME/LANG.json are found",
    ),
    variable(
        "STORE",
        "sqlite:responses.db",
        "where responses are kept: sqlite:PATH, or cassandra:HOST[,HOST…][/KEYSPACE] (also Scylla; keyspace canvass)",
    ),
    variable("STORE_TIMEOUT_MILLISECONDS", "2000", "time for one call of the store"),
    variable("TENANT", "default", "whose responses these are; part of every key"),
    variable("EQ_KEYS_FILE", "keys.yml; in the demo none", "key file: kid → purpose, type, value"),
    variable(
        "EQ_SECRETS_FILE",
        "secrets.yml; in the demo none",
        "secrets file: EQ_SECRET_KEY, EQ_SERVER_SIDE_STORAGE_ENCRYPTION_USER_PEPPER, …",
    ),
    variable("DEVELOPMENT_KEYS", ".canvass", "folder in which the demo keeps keys and secrets made for it"),
    variable(
        "EQ_SUBMISSION_BACKEND",
        "required; in the demo folder:submissions",
        "where submissions go: folder:PATH, or log, which writes id and size and drops the rest",
    ),
    variable(
        "EQ_FEEDBACK_BACKEND",
        "none; in the demo folder:submissions/feedback",
        "the same for feedback; none: not offered",
    ),
    variable(
        "EQ_PUBLISHER_BACKEND",
        "none; in the demo folder:submissions/fulfilments",
        "the same for requests of access codes; none: separate forms are not offered",
    ),
    variable(
        "EQ_SUBMISSION_CONFIRMATION_BACKEND",
        "none; in the demo folder:submissions/mails",
        "the same for confirmation e-mails",
    ),
    variable(
        "SMTP_URL",
        "none",
        "mail server that confirmations go to instead: smtps://USER:PASSWORD@HOST, or smtp://HOST:PORT?tls=required",
    ),
    variable(
        "MAIL_FROM",
        "census.2021@notifications.service.gov.uk, as eQ says",
        "the address that confirmations come from",
    ),
    variable("EQ_ENABLE_SECURE_SESSION_COOKIE", "true; in the demo false", "cookies for https only"),
    variable(
        "EQ_SESSION_TIMEOUT_SECONDS",
        "2700",
        "how long a session lasts without a request; a definition may say less",
    ),
    variable(
        "EQ_INDIVIDUAL_RESPONSE_LIMIT",
        "1; in the demo 10",
        "requests for a separate form, per response",
    ),
    variable(
        "EQ_INDIVIDUAL_RESPONSE_POSTAL_DEADLINE",
        "none; in the demo never over",
        "until when letters are offered: date and time with offset",
    ),
    variable("EQ_FEEDBACK_LIMIT", "10", "feedback per session"),
    variable("CONFIRMATION_EMAIL_LIMIT", "10", "confirmation e-mails per session"),
    variable(
        "VIEW_SUBMITTED_RESPONSE_EXPIRATION_IN_SECONDS",
        "2700",
        "how long a submitted response may be looked at",
    ),
    variable("SURVEY_TYPE", "business", "theme of pages before a launch"),
    variable(
        "LANGUAGE_SWITCH",
        "all",
        "`all` languages of a definition may be switched to; or names of questionnaires, separated by `,`, in which English and Welsh may",
    ),
    variable("COMPRESS", "false", "compress pages here; better done at the edge"),
    variable("EQ_MAX_HTTP_POST_CONTENT_LENGTH", "65536", "longest body of a request, in bytes"),
    variable("MAX_CONNECTIONS", "10000", "connections at a time"),
    variable("MAX_IN_PROGRESS", "512", "respondents' requests at work at a time"),
    variable("MAX_LAUNCHES", "32", "launches at work at a time"),
    variable(
        "READ_TIMEOUT_SECONDS",
        "10",
        "how long a connection may take over the next request's head, and then over its body",
    ),
    variable("DRAIN_SECONDS", "20", "how long requests under way may take when the service stops"),
    variable("PDF_WORKER", "the program `pdf` beside this one", "the program that writes PDFs"),
    variable(
        "PDF_WORKERS",
        "2",
        "PDFs in the making at a time; each may take 2 GiB of memory, and takes some 100 MiB",
    ),
    variable("PDF_TIMEOUT_SECONDS", "20", "how long one PDF may be in the making"),
    variable("QUESTIONNAIRE_CACHE_MIB", "256", "memory for questionnaires that are ready to run"),
    variable("ACCOUNT_SERVICE_BASE_URL", "https://surveys.ons.gov.uk", "account service for businesses"),
    variable(
        "ACCOUNT_SERVICE_BASE_URL_SOCIAL",
        "https://start.surveys.ons.gov.uk",
        "account service for households",
    ),
    variable("ONS_URL", "https://www.ons.gov.uk", "the office's site"),
    variable("ONS_URL_CY", "https://cy.ons.gov.uk", "the office's site in Welsh"),
    variable("COOKIE_SETTINGS_URL", "#", "settings link of the cookie banner"),
    variable(
        "CONTACT",
        "none",
        "who helps: an e-mail address, a telephone number or an address, shown on error pages",
    ),
    variable(
        "INFORMATION",
        "none",
        "folder with files cookies.en.html, privacy.cy.html, accessibility.en.html … for the pages of these names, in place of our words; a language without a file reads the English one",
    ),
    variable("SDS_API_BASE_URL", "none", "service of supplementary data"),
    variable("CIR_API_BASE_URL", "none", "registry of definitions"),
    variable(
        "CIR_TOKEN_FILE",
        "none",
        "file with the bearer token of an author that is the registry; what it publishes is known within seconds",
    ),
    variable(
        "OIDC_TOKEN_BACKEND",
        "local",
        "tokens for the two above: `gcp`, from the cloud's metadata service; or `local`, none",
    ),
    variable("SDS_OAUTH2_CLIENT_ID", "none", "whom tokens for the service of supplementary data are for"),
    variable("CIR_OAUTH2_CLIENT_ID", "none", "whom tokens for the registry are for"),
    variable(
        "SCHEMA_URL_ORIGINS",
        "none",
        "where definitions may be fetched that a launch names by address, separated by `,`: https://register.example.org,…",
    ),
    variable("ADDRESS_LOOKUP_API_URL", "none", "address look-up"),
    variable("ADDRESS_LOOKUP_API_AUTH_ENABLED", "false", "whether the look-up wants a signed token"),
    variable(
        "ADDRESS_LOOKUP_API_AUTH_TOKEN_LEEWAY_IN_SECONDS",
        "300",
        "how far the look-up's clock may differ",
    ),
    variable(
        "SUGGESTIONS_ORIGINS",
        "none",
        "where lists of suggestions may be fetched, separated by `,`: https://lists.example.org,…",
    ),
    variable(
        "SUGGESTIONS_URL_ROOT",
        "none",
        "the address that `{suggestions_url_root}` in a definition stands for",
    ),
    variable(
        "PRIVATE_ORIGINS",
        "none",
        "those of the origins named in other lists that may lie at private addresses; services that have a variable of their own may",
    ),
    variable("EQ_STORAGE_BACKEND", NO_MEANING, "STORE says where responses are kept"),
    variable("EQ_QUESTIONNAIRE_STATE_TABLE_NAME", NO_MEANING, "tables have fixed names"),
    variable("EQ_SESSION_TABLE_NAME", NO_MEANING, "sessions lie in the response's row"),
    variable("EQ_USED_JTI_CLAIM_TABLE_NAME", NO_MEANING, "used tokens lie in the response's row"),
    variable("EQ_REDIS_HOST", NO_MEANING, "used tokens lie in the response's row"),
    variable("EQ_REDIS_PORT", NO_MEANING, "used tokens lie in the response's row"),
    variable("EQ_SERVER_SIDE_STORAGE_USER_ID_ITERATIONS", NO_MEANING, "row names are an HMAC"),
    variable("EQ_FULFILMENT_TOPIC_ID", NO_MEANING, "fulfilments go to a folder"),
    variable("EQ_SUBMISSION_CONFIRMATION_QUEUE", NO_MEANING, "e-mails go to a folder"),
    variable("EQ_SUBMISSION_CONFIRMATION_CLOUD_FUNCTION_NAME", NO_MEANING, "e-mails go to a folder"),
    variable("EQ_GCS_SUBMISSION_BUCKET_ID", NO_MEANING, "submissions go to a folder"),
    variable("EQ_GCS_FEEDBACK_BUCKET_ID", NO_MEANING, "feedback goes to a folder"),
    variable("EQ_RABBITMQ_HOST", NO_MEANING, "submissions go to a folder"),
    variable("EQ_RABBITMQ_HOST_SECONDARY", NO_MEANING, "submissions go to a folder"),
    variable("EQ_RABBITMQ_PORT", NO_MEANING, "submissions go to a folder"),
    variable("EQ_RABBITMQ_QUEUE_NAME", NO_MEANING, "submissions go to a folder"),
    variable("EQ_GOOGLE_TAG_ID", NO_MEANING, "pages load nothing from other hosts"),
    variable(
        "CDN_URL",
        "none",
        "assets of eQ's: lists of suggestions there may be fetched; pages load nothing",
    ),
    variable("CDN_ASSETS_PATH", NO_MEANING, "assets are served from here"),
    variable("EQ_ENABLE_HTML_MINIFY", NO_MEANING, "pages are written small"),
    variable("EQ_ENABLE_LIVE_RELOAD", NO_MEANING, "pages hold no development script"),
];

/// What `runner --help` prints.
#[must_use]
pub fn help() -> String {
    let mut help = String::from(
        "The respondent service.\n\n\
         usage: runner              serve, as the variables below say\n\
         \x20      runner store init   make the tables of a Cassandra or Scylla store\n\
         \x20      runner flush FILE   send the responses of the ids in FILE, one a line, as far as they got\n\
         \x20      runner --help\n\n",
    );
    for Variable { name, default, what } in VARIABLES {
        help.push_str(&format!("{name}  [{default}]\n    {what}\n"));
    }
    help
}
