//! What a page costs: CPU, instructions, bytes, memory. Told, never a gate of the suite: `make bench` runs all of it,
//! and ARCHITECTURE.md keeps the figures.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a bench stops at what it did not expect")]

mod browser;
mod cpu;
mod direct;
mod driver;
mod figures;
mod filled;
mod generated;
mod growth;
mod instructions;
mod scene;
mod start;
mod steps;
mod surveys;
mod trace;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: cargo bench -p runner --features memory --bench pages -- WHAT

  cpu [sqlite|cassandra:HOST] [IN FLIGHT] [compress]
                              CPU over HTTP per GET and POST, beside a bare axum route with the same bytes
  steps [sqlite|cassandra:HOST]
                              where it goes: route, load, open, trace, page, render, apply, seal, save
  driver cassandra:HOST       CPU of a read and a write of the store's driver, at 1, 8 and 64 in flight
  instructions                per GET and POST, counted by callgrind, with a store in memory
  trace                       CPU of a page as a questionnaire grows
  growth [QUESTIONNAIRE …]    CPU of pages and size of a response: household-census and the census of 2021, or those
                              named, for 1, 5, 30 and 100 people; a generated one of 50 to 2,000 blocks
  start [RUNNER]              time from exec to the first question page, and memory, with 150 questionnaires";

fn main() -> ExitCode {
    // Cargo adds `--bench` to whatever else is said.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let count = |text: &str| text.parse().expect("a number");
    match arguments.as_slice() {
        ["cpu"] => cpu::measure("sqlite", 1, &[]),
        ["cpu", store] => cpu::measure(store, 1, &[]),
        ["cpu", store, in_flight] => cpu::measure(store, count(in_flight), &[]),
        ["cpu", store, in_flight, "compress"] => {
            cpu::measure(store, count(in_flight), &[("COMPRESS", "true")]);
        }
        ["steps"] => steps::measure("sqlite"),
        ["steps", store] => steps::measure(store),
        ["driver", store] => driver::measure(store),
        ["instructions"] => instructions::measure(),
        ["once", keys, survey, block, method, times] => {
            instructions::once(keys, survey, block, method, count(times));
        }
        ["trace"] => trace::measure(),
        ["growth", names @ ..] => growth::measure(names),
        ["start"] => start::measure(env!("CARGO_BIN_EXE_runner")),
        ["start", runner] => start::measure(runner),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
