//! `runner`, `runner demo`, `runner store init`, `runner flush FILE`, `runner --help`.

use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use runner::config::{self, Config, StoreConfig};
use runner::flush::{Flushed, flush};
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
        ["flush", file] => {
            let file = (*file).to_owned();
            run(None, |config| async move { flush_all(config, &file).await })
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

fn serve(more: Option<(String, String)>) -> ExitCode {
    run(more, |config| async move {
        let app = start::parts(config).await.map_err(|error| error.to_string())?;
        start::serve(app).await.map_err(|error| error.to_string())
    })
}

/// How long the last flushed response may take to leave from here. What has not left by then is sent by whichever
/// runner serves next.
const LEAVE_WITHIN: Duration = Duration::from_secs(60);

/// Flushes the responses whose ids stand in a file, one a line. Ids are named by their lines only.
async fn flush_all(config: Config, file: &str) -> Result<(), String> {
    let ids = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let app = start::parts(config).await.map_err(|error| error.to_string())?;
    let (mut leaving, mut nothing, mut failed) = (0_u64, 0_u64, 0_u64);
    for (number, id) in ids.lines().map(str::trim).enumerate().filter(|(_, id)| !id.is_empty()) {
        match flush(&app, id, Timestamp::now()).await {
            Ok(Flushed::Leaves) => leaving += 1,
            Ok(Flushed::Nothing) => nothing += 1,
            Err(failure) => {
                failed += 1;
                eprintln!("{file}:{}: {}", number + 1, failure.status());
            }
        }
    }
    let until = tokio::time::Instant::now() + LEAVE_WITHIN;
    while app.relay.counts().sent.load(Ordering::Relaxed) < leaving && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    app.drain.finish(LEAVE_WITHIN).await;
    println!("flushed {leaving}, nothing to flush in {nothing}, failed {failed}");
    if failed == 0 {
        Ok(())
    } else {
        Err("not all could be flushed: run it again with the same file".to_owned())
    }
}

/// Makes what the store needs before it is used.
async fn make_tables(config: &Config) -> Result<(), String> {
    match &config.store {
        StoreConfig::Sqlite(path) => println!("{}: SQLite makes its tables by itself", path.display()),
        #[cfg(feature = "memory")]
        StoreConfig::Memory => {}
        StoreConfig::Cassandra(cluster) => {
            let replicas = store::cql::init(cluster, None).await.map_err(|error| error.to_string())?;
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
