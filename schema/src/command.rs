//! What the commands share: arguments, files in and out, today.

pub mod check;
pub mod translate;
pub mod upgrade;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use schema::value::Date;
use serde_json::Value;

/// What was typed after the command's name.
pub struct Arguments(pub Vec<String>);

impl Arguments {
    /// Whether an option without a value is there; takes it out.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|argument| argument != name);
        self.0.len() < before
    }

    /// The value of an option, written as `NAME VALUE` or `NAME=VALUE`; takes it out.
    pub fn option(&mut self, name: &str) -> io::Result<Option<String>> {
        let joined = format!("{name}=");
        let is_it = |argument: &String| argument == name || argument.starts_with(&joined);
        let Some(at) = self.0.iter().position(is_it) else { return Ok(None) };
        let argument = self.0.remove(at);
        match argument.strip_prefix(&joined) {
            Some(value) => Ok(Some(value.to_owned())),
            None if at < self.0.len() => Ok(Some(self.0.remove(at))),
            None => Err(misuse(&format!("{name} needs a value"))),
        }
    }

    /// The rest, which may hold no more options.
    pub fn paths(&self) -> io::Result<Vec<PathBuf>> {
        match self.0.iter().find(|argument| argument.len() > 1 && argument.starts_with('-')) {
            Some(unknown) => Err(misuse(&format!("there is no option {unknown}"))),
            None => Ok(self.0.iter().map(PathBuf::from).collect()),
        }
    }
}

/// A command wrongly given.
fn misuse(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// Puts the file's name before what went wrong with it.
fn named(path: &Path) -> impl Fn(io::Error) -> io::Error {
    move |fault| io::Error::new(fault.kind(), format!("{}: {fault}", path.display()))
}

/// A definition in one file.
fn definition(file: &Path) -> io::Result<Value> {
    let bytes = fs::read(file).map_err(named(file))?;
    let refused =
        |why: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", file.display()));
    let definition: Value =
        serde_json::from_slice(&bytes).map_err(|fault| refused(format!("not JSON: {fault}")))?;
    if !definition.is_object() {
        return Err(refused("no definition: it is not a JSON object".to_owned()));
    }
    Ok(definition)
}

/// Writes a definition as people lay it out, to a file or to standard output.
fn deliver(definition: &Value, out: Option<&Path>) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(definition)?;
    text.push('\n');
    match out {
        Some(path) => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(named(folder))?;
            }
            fs::write(path, text).map_err(named(path))
        }
        None => io::stdout().lock().write_all(text.as_bytes()),
    }
}

/// Definitions come from anywhere: nothing in them may steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// Today, in UTC.
fn today() -> Date {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}
