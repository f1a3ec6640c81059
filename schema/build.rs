//! Makes one document of the files under `json/`, each a definition under its own name.
//!
//! From many documents that refer to one another a validator takes half a minute to build; from one with local
//! definitions, a few milliseconds. Source: design.md, "One document".

#![expect(clippy::disallowed_methods, reason = "a build script is told where to read and write")]

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

/// The file that describes the whole; it becomes the root of the document.
const ROOT: &str = "questionnaire";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("json");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut definitions = Map::new();
    collect(&folder, "", &mut definitions)?;
    let Some(Value::Object(mut root)) = definitions.remove(ROOT) else {
        return Err(format!("{ROOT}.json is missing from {}", folder.display()).into());
    };
    root.insert("$defs".into(), Value::Object(definitions));
    let target = PathBuf::from(env::var("OUT_DIR")?).join("questionnaire.json");
    fs::write(target, Value::Object(root).to_string())?;
    Ok(())
}

/// Reads every file of a folder and of those in it, in the order of their names so that the outcome is always the same.
fn collect(folder: &Path, prefix: &str, definitions: &mut Map<String, Value>) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            collect(&path, &format!("{prefix}{name}-"), definitions)?;
        } else if let Some(stem) = name.strip_suffix(".json") {
            println!("cargo:rerun-if-changed={}", path.display());
            let mut schema: Value = serde_json::from_str(&fs::read_to_string(&path)?)
                .map_err(|fault| format!("{}: {fault}", path.display()))?;
            let own = format!("{prefix}{stem}");
            localise(&mut schema, &own);
            definitions.insert(own, schema);
        }
    }
    Ok(())
}

/// Turns references to files into references within the one document.
fn localise(schema: &mut Value, own: &str) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get_mut("$ref") {
                *target = local(target, own);
            }
            members.values_mut().for_each(|member| localise(member, own));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| localise(item, own)),
        _ => {}
    }
}

fn local(target: &str, own: &str) -> String {
    let (file, within) = target.split_once('#').unwrap_or((target, ""));
    let name = match file.strip_suffix(".json") {
        Some(path) => path.replace('/', "-"),
        None => own.to_owned(),
    };
    format!("#/$defs/{name}{within}")
}
