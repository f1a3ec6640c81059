//! `author serve`, `author openapi`, `author --help`, and what operators do by hand.

use std::process::ExitCode;

use author::config::{self, Config};
use author::{api, commands, start};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => run(async |config| {
            let app = start::parts(config).await.map_err(|error| error.to_string())?;
            start::serve(app).await.map_err(|error| error.to_string())
        }),
        ["openapi"] => {
            print!("{}", api::openapi_text());
            ExitCode::SUCCESS
        }
        ["accounts", "create", email, name, role, organisation @ ..] if organisation.len() < 2 => {
            run(async |config| {
                commands::create_account(&config, email, name, role, organisation.first().copied()).await
            })
        }
        ["audit", "verify", organisation @ ..] if organisation.len() < 2 => {
            run(async |config| commands::verify(&config, organisation.first().copied()).await)
        }
        ["tenants", "create", slug, title] => {
            run(async |config| commands::create_tenant(&config, slug, title).await)
        }
        ["tenants", "list"] => run(async |config| commands::list_tenants(&config).await),
        ["tenants", "migrate"] => run(async |config| commands::migrate_tenants(&config, 1).await),
        ["tenants", "migrate", canary] if canary.parse::<usize>().is_ok() => {
            let canary = canary.parse().unwrap_or(1);
            run(async |config| commands::migrate_tenants(&config, canary).await)
        }
        ["--help" | "-h" | "help"] => {
            print!("{}", config::help());
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{}", config::help());
            ExitCode::from(2)
        }
    }
}

/// Reads the settings, and does it.
fn run(work: impl AsyncFnOnce(Config) -> Result<(), String>) -> ExitCode {
    let config = match Config::read(std::env::vars()) {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::from(2);
        }
    };
    begin_to_log();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(work(config)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// To standard error, as much as `RUST_LOG` says. A panic is a line that says where, and not with what: its message may
/// quote what somebody typed.
fn begin_to_log() {
    let level = std::env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(level.unwrap_or(tracing::Level::INFO))
        .with_target(false)
        .log_internal_errors(false)
        .init();
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a panic");
    }));
}
