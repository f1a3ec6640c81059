//! `schema check`: everything that is wrong with definitions, for people or for programs.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsStr,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use schema::{
    check::{STRUCTURE, check, difference},
    diagnostic::{Diagnostic, Report, Severity},
};
use serde_json::{Value, json};

use super::{Arguments, misuse, named, today};

pub const USAGE: &str = "\
usage: schema check [--json] PATH…

Checks definitions: files, or folders whose languages are paired by name
(LANG/NAME.json or NAME/LANG.json). Each finding comes with its code, its
JSON Pointer, what was seen and what would mend it.

  --json   one line of JSON for each file, for programs

Exit status: 0 all valid, 1 some not, 2 nothing could be checked.
";

pub fn run(mut arguments: Arguments) -> io::Result<ExitCode> {
    let is_json = arguments.flag("--json");
    let paths = arguments.paths()?;
    if paths.is_empty() {
        return Err(misuse("name files or folders"));
    }
    check_all(&paths, is_json)
}

fn check_all(paths: &[PathBuf], is_json: bool) -> io::Result<ExitCode> {
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
    let questionnaires = paired(&files);
    let (mut invalid, mut warnings) = (0, 0);
    for languages in &questionnaires {
        let mut reports = Vec::new();
        for file in languages {
            let definition = read(file)?;
            let mut report =
                definition.as_ref().map_or_else(Clone::clone, |definition| check(definition, today));
            if let (Ok(definition), Some((_, Ok(base), _))) = (&definition, reports.first()) {
                report.diagnostics.extend(difference(base, definition));
            }
            reports.push((file, definition, report));
        }
        if !is_json && reports.iter().all(|(_, _, report)| report.is_valid()) {
            let texts: Vec<String> = reports
                .iter()
                .filter_map(|(_, definition, _)| Some(definition.as_ref().ok()?.to_string()))
                .collect();
            if let Some((_, _, report)) = reports.first_mut() {
                report.diagnostics.extend(obstacles(&texts));
            }
        }
        for (file, _, report) in &reports {
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
    }
    if !is_json {
        let warned = if warnings == 1 { "warning" } else { "warnings" };
        writeln!(
            out,
            "{} definitions of {} questionnaires checked: {invalid} invalid, {warnings} {warned}",
            files.len(),
            questionnaires.len()
        )?;
    }
    out.flush()?;
    Ok(if invalid == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Why a valid questionnaire cannot be run: warnings, since its verdict is eQ's.
fn obstacles(languages: &[String]) -> Vec<Diagnostic> {
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    let Err(report) = schema::link(&languages) else { return Vec::new() };
    report
        .diagnostics
        .into_iter()
        .map(|obstacle| Diagnostic { severity: Severity::Warning, ..obstacle })
        .collect()
}

/// The definition, or what is wrong with the file.
fn read(file: &Path) -> io::Result<Result<Value, Report>> {
    let bytes = fs::read(file).map_err(named(file))?;
    Ok(serde_json::from_slice(&bytes).map_err(|fault| {
        let seen = format!("not JSON: {fault}");
        Report { diagnostics: vec![Diagnostic::error(STRUCTURE, "", seen, "write it as JSON")] }
    }))
}

/// The files of each questionnaire together, English first: `LANG/NAME.json` and `NAME/LANG.json` give NAME.
fn paired(files: &[PathBuf]) -> Vec<Vec<&PathBuf>> {
    const LANGUAGES: [&str; 4] = ["en", "cy", "ga", "eo"];
    let rank = |part: Option<&OsStr>| {
        LANGUAGES.iter().position(|language| part.is_some_and(|part| part == *language))
    };
    let mut questionnaires: BTreeMap<PathBuf, Vec<(usize, &PathBuf)>> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(Path::new(""));
        let stem = file.file_stem();
        let (name, rank) = match (rank(stem), rank(folder.file_name())) {
            (Some(rank), _) => (folder.to_owned(), rank),
            (None, Some(rank)) => (folder.with_file_name(stem.unwrap_or_default()), rank),
            (None, None) => (file.clone(), 0),
        };
        questionnaires.entry(name).or_default().push((rank, file));
    }
    questionnaires
        .into_values()
        .map(|mut files| {
            files.sort();
            files.into_iter().map(|(_, file)| file).collect()
        })
        .collect()
}

/// The files below a path, in the order of their names.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !fs::metadata(path).map_err(named(path))?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .map_err(named(path))?
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
