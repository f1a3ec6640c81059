//! `schema upgrade`: a file of 2021 in, one of today out, and what could not be kept.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use schema::{
    check::check,
    upgrade::{is_of_2021, upgrade},
};

use super::{Arguments, definition, deliver};

pub const USAGE: &str = "\
usage: schema upgrade [--suggestions URL] [-o OUT] FILE

Writes a definition of the 2021 format (`when` lists, `goto`, `hub`, `Summary`
blocks) as one of today. What could not be kept, or should be looked at, is told
on the standard error stream with its place in FILE; then what `schema check`
finds wrong with the result. One that is of today already comes out as it is.

  -o OUT             write to OUT, not to standard output
  --suggestions URL  the folder of suggestion lists, in place of
                     `{suggestions_url_root}`; without it the runner's setting
                     of that name is used

Exit status: 0 the result is valid, 1 it is not, 2 nothing was written.
";

pub fn run(mut arguments: Arguments) -> io::Result<ExitCode> {
    let out = arguments.option("-o")?.map(PathBuf::from);
    let suggestions = arguments.option("--suggestions")?;
    let [file] = arguments.paths()?.try_into().map_err(|_| super::misuse("name one file"))?;
    let source = definition(&file)?;
    let upgraded = upgrade(&source, suggestions.as_deref());
    deliver(&upgraded.definition, out.as_deref())?;
    let mut told = io::stderr().lock();
    if !is_of_2021(&source) {
        writeln!(told, "{}: of today already, left as it is", file.display())?;
    }
    for note in &upgraded.notes {
        writeln!(told, "{}", super::printable(&note.to_string()))?;
    }
    let report = check(&upgraded.definition, super::today());
    for diagnostic in report.errors() {
        write!(told, "{diagnostic}")?;
    }
    Ok(if report.is_valid() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
