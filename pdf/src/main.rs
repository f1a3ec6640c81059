//! `pdf`: a page as JSON on standard input, a PDF on standard output; `runner` starts one for each.
//!
//! `pdf --licence` prints what the fonts in it come under. Exits with 2 where the input is no page, with 3 where it cannot be set. Nothing of a page is ever told elsewhere.

use std::io::{self, Read as _, Write as _};
use std::panic;
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Largest page that is read, in bytes.
const MAX_INPUT: u64 = 16 * 1024 * 1024;
/// Memory that one page may take, in bytes.
const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;

const FONTS_LICENCE: &str = include_str!("../fonts/LICENSE");

fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|argument| argument == "--licence") {
        print!("{FONTS_LICENCE}");
        return ExitCode::SUCCESS;
    }
    bound();
    // A mistake of ours ends this, and says nothing: what it would say may hold an answer.
    panic::set_hook(Box::new(|_| {}));
    let mut input = Vec::new();
    let read = io::stdin().take(MAX_INPUT + 1).read_to_end(&mut input);
    if read.is_err() || input.len() as u64 > MAX_INPUT {
        return ExitCode::from(2);
    }
    let Ok(paper) = serde_json::from_slice(&input) else { return ExitCode::from(2) };
    let Ok(pdf) = pdf::write(&paper) else { return ExitCode::from(3) };
    let mut output = io::stdout();
    match output.write_all(&pdf).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Whatever a page asks for, the machine is left alone. Where the system sets no limits, the one who started this
/// still has a clock.
fn bound() {
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    let _ = setrlimit(Resource::As, limit(MAX_MEMORY));
    let _ = setrlimit(Resource::Core, limit(0));
}
