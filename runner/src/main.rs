//! `runner`, `runner demo`, `runner store init`, `runner --help`.

use std::process::ExitCode;

use runner::config::{self, Config};
use runner::{start, telemetry};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => serve(None),
        ["demo"] => serve(Some(("DEMO".to_owned(), "true".to_owned()))),
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
        .and_then(|runtime| {
            runtime.block_on(async {
                let app = start::parts(config).map_err(|error| error.to_string())?;
                start::serve(app).await.map_err(|error| error.to_string())
            })
        });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
