//! `schema check`, `schema upgrade`, `schema translate`: definitions, for those who write them.

#![expect(clippy::disallowed_methods, reason = "a command is asked, reads files and knows what day it is")]

mod command;

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use command::{Arguments, check, translate, upgrade};

const USAGE: &str = "\
usage: schema COMMAND …

  check      everything that is wrong with definitions
  upgrade    a definition of the 2021 format into one of today
  translate  a definition into the language of .po files

`schema COMMAND --help` says more.
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let arguments: Vec<String> = arguments.collect();
    let (run, usage): (fn(Arguments) -> io::Result<ExitCode>, _) = match command.as_str() {
        "check" => (check::run, check::USAGE),
        "upgrade" => (upgrade::run, upgrade::USAGE),
        "translate" => (translate::run, translate::USAGE),
        "help" | "-h" | "--help" => return say(&mut io::stdout(), USAGE, ExitCode::SUCCESS),
        _ => return say(&mut io::stderr(), USAGE, ExitCode::from(2)),
    };
    if arguments.iter().any(|argument| matches!(argument.as_str(), "-h" | "--help")) {
        return say(&mut io::stdout(), usage, ExitCode::SUCCESS);
    }
    run(Arguments(arguments)).unwrap_or_else(|fault| match fault.kind() {
        // A closed pipe is a reader who has seen enough.
        io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        io::ErrorKind::InvalidInput => {
            let why = format!("schema {command}: {fault}\n\n{usage}");
            say(&mut io::stderr(), &why, ExitCode::from(2))
        }
        _ => say(&mut io::stderr(), &format!("schema: {fault}\n"), ExitCode::from(2)),
    })
}

fn say(stream: &mut impl Write, words: &str, status: ExitCode) -> ExitCode {
    // Nothing is left to do where even this cannot be said.
    let _ = stream.write_all(words.as_bytes());
    status
}
