//! `schema check [--json] PATH…`: everything that is wrong with definitions, for people or for programs.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use schema::{
    check::{STRUCTURE, check},
    diagnostic::{Diagnostic, Report},
    value::Date,
};
use serde_json::json;

const USAGE: &str = "\
usage: schema check [--json] PATH…

Checks definitions: files, or folders whose languages are paired by name
(LANG/NAME.json or NAME/LANG.json). Each finding comes with its code, its
JSON Pointer, what was seen and what would mend it.

  --json   one line of JSON for each file, for programs

Exit status: 0 all valid, 1 some not, 2 nothing could be checked.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, rest)) if command == "check" => {
            let is_json = rest.iter().any(|argument| argument == "--json");
            let paths: Vec<PathBuf> =
                rest.iter().filter(|argument| *argument != "--json").map(PathBuf::from).collect();
            if paths.is_empty() || paths.iter().any(|path| path.to_string_lossy().starts_with("--")) {
                return usage(&mut io::stderr(), ExitCode::from(2));
            }
            run(&paths, is_json).unwrap_or_else(|fault| {
                // A closed pipe is a reader who has seen enough.
                if fault.kind() == io::ErrorKind::BrokenPipe {
                    return ExitCode::FAILURE;
                }
                eprintln!("schema: {fault}");
                ExitCode::from(2)
            })
        }
        Some((command, _)) if matches!(command.as_str(), "help" | "-h" | "--help") => {
            usage(&mut io::stdout(), ExitCode::SUCCESS)
        }
        _ => usage(&mut io::stderr(), ExitCode::from(2)),
    }
}

fn usage(stream: &mut impl Write, status: ExitCode) -> ExitCode {
    // Nothing is left to do where even this cannot be said.
    let _ = stream.write_all(USAGE.as_bytes());
    status
}

fn run(paths: &[PathBuf], is_json: bool) -> io::Result<ExitCode> {
    let mut files = Vec::new();
    for path in paths {
        gather(path, &mut files)?;
    }
    if files.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no definition there"));
    }
    let today = today();
    let mut out = io::stdout().lock();
    let wants_colour = env::var_os("NO_COLOR").is_none();
    let (mut invalid, mut warnings) = (0, 0);
    for file in &files {
        let report = report(file, today)?;
        invalid += usize::from(!report.is_valid());
        warnings += report.warnings().count();
        if is_json {
            let mut line = report.to_json();
            line["file"] = json!(file.display().to_string());
            writeln!(out, "{line}")?;
        } else if !report.diagnostics.is_empty() {
            writeln!(out, "{}", file.display())?;
            writeln!(out, "{}", report.painted(&io::stdout(), wants_colour))?;
        }
    }
    if !is_json {
        writeln!(out, "{} checked, {invalid} invalid, {warnings} warnings", files.len())?;
    }
    out.flush()?;
    Ok(if invalid == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(file: &Path, today: Date) -> io::Result<Report> {
    let bytes = fs::read(file)
        .map_err(|fault| io::Error::new(fault.kind(), format!("{}: {fault}", file.display())))?;
    Ok(match serde_json::from_slice(&bytes) {
        Ok(definition) => check(&definition, today),
        Err(fault) => Report {
            diagnostics: vec![Diagnostic::error(
                STRUCTURE,
                "",
                format!("not JSON: {fault}"),
                "write it as JSON",
            )],
        },
    })
}

/// The files below a path, in the order of their names.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let named = |fault: io::Error| io::Error::new(fault.kind(), format!("{}: {fault}", path.display()));
    if !fs::metadata(path).map_err(named)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(named)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "json") {
            gather(&entry, files)?;
        }
    }
    Ok(())
}

/// Today, in UTC.
fn today() -> Date {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}
