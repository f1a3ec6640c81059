//! `runner`, `runner demo`, `runner store init`, `runner --help`.

use std::process::ExitCode;

use runner::config::{self, Config, StoreConfig};
use runner::{start, store, telemetry};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => serve(None),
        ["demo"] => serve(Some(("DEMO".to_owned(), "true".to_owned()))),
        ["store", "init"] => run(None, |config| async move { make_tables(&config).await }),
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

fn serve(more: Option<(String, String)>) -> ExitCode {
    run(more, |config| async move {
        let app = start::parts(config).await.map_err(|error| error.to_string())?;
        start::serve(app).await.map_err(|error| error.to_string())
    })
}

/// Makes what the store needs before it is used.
async fn make_tables(config: &Config) -> Result<(), String> {
    match &config.store {
        StoreConfig::Sqlite(path) => println!("{}: SQLite makes its tables by itself", path.display()),
        StoreConfig::Cassandra(hosts) => {
            let replicas = store::cql::init(hosts, None).await.map_err(|error| error.to_string())?;
            println!("the tables are there, with {replicas} replicas");
        }
    }
    Ok(())
}

/// Reads the settings, and does it.
fn run<F: Future<Output = Result<(), String>>>(
    more: Option<(String, String)>,
    work: impl FnOnce(Config) -> F,
) -> ExitCode {
    let config = match Config::read(std::env::vars().chain(more)) {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::from(2);
        }
    };
    telemetry::begin();
    let served = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(work(config)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
