//! `schema translate`: a definition and its translators' files in, the definition in their language out.

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use schema::{
    questionnaire::Locale,
    translate::{Catalogue, read_po, translate},
};

use super::{Arguments, definition, deliver, misuse, named};

pub const USAGE: &str = "\
usage: schema translate [--language LANG] [-o OUT] FILE PO…

Writes a definition with its texts in the language of the given .po files
(gettext; `-` reads one from standard input). Texts without a translation stay as
they are and are listed on the standard error stream. Files made for the 2021
format serve the upgraded definition too.

  -o OUT           write to OUT, not to standard output
  --language LANG  en, cy, ga or eo, where the files do not say it

Exit status: 0 written, 2 nothing was written.
";

pub fn run(mut arguments: Arguments) -> io::Result<ExitCode> {
    let out = arguments.option("-o")?.map(PathBuf::from);
    let language = arguments.option("--language")?;
    let paths = arguments.paths()?;
    let Some((file, catalogues)) = paths.split_first().filter(|(_, catalogues)| !catalogues.is_empty())
    else {
        return Err(misuse("name a definition and at least one .po file"));
    };
    let source = definition(file)?;
    let mut catalogue = Catalogue::default();
    for path in catalogues {
        catalogue.add(entries(path)?);
    }
    let language = match language {
        Some(code) => Locale::from_code(&code).ok_or_else(|| misuse("the language is en, cy, ga or eo"))?,
        None => catalogue.language().ok_or_else(|| misuse("the files name no language: use --language"))?,
    };
    let translated = translate(&source, language, &catalogue);
    deliver(&translated.definition, out.as_deref())?;
    let mut told = io::stderr().lock();
    for missing in &translated.missing {
        let line = format!("{}: {}: “{}”", missing.pointer, missing.why.words(), missing.words);
        writeln!(told, "{}", super::printable(&line))?;
    }
    let (count, left) = (translated.count, translated.missing.len());
    writeln!(told, "{count} texts in {}, {left} as they were", language.code())?;
    Ok(ExitCode::SUCCESS)
}

fn entries(path: &Path) -> io::Result<Vec<schema::translate::Entry>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(path).map_err(named(path))?;
    }
    let refused = |why: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{}: {why}", path.display()))
    };
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(refused(&"compressed; unpack it: gzip -dc FILE | schema translate DEFINITION -"));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused(&"not UTF-8"))?;
    read_po(&text).map_err(|broken| refused(&broken))
}
