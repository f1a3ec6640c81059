//! Which questionnaires lie below the configured folders.
//!
//! Both `LANG/NAME.json` and `NAME/LANG.json` give NAME, at any depth; LANG is two small letters. The folder
//! above is its family, under which `/schemas` lists it. Texts are read anew for each launch, so an edited file
//! needs no restart; a name not known yet makes the folders be walked again.
//!
//! Source: spec/03 §2.2, §3.8.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::Texts;

/// How deep folders are walked: deeper than any tree of definitions, shallower than a circle of links.
const MAX_DEPTH: usize = 8;

/// A questionnaire that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name a launch asks for.
    pub name: String,
    /// The folder it is listed under.
    pub family: String,
    /// Language codes and files.
    pub files: BTreeMap<String, PathBuf>,
}

/// All that were found.
#[derive(Debug)]
pub struct Catalogue {
    roots: Vec<PathBuf>,
    found: RwLock<Arc<BTreeMap<String, Entry>>>,
}

impl Catalogue {
    /// Walks the folders. Where two give the same name and language, the first stands.
    ///
    /// # Errors
    /// A root that is not there or cannot be read.
    pub fn open(roots: Vec<PathBuf>) -> io::Result<Catalogue> {
        let found = RwLock::new(Arc::new(walk_all(&roots)?));
        Ok(Catalogue { roots, found })
    }

    /// All entries, by name.
    #[must_use]
    pub fn entries(&self) -> Arc<BTreeMap<String, Entry>> {
        Arc::clone(&self.found.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Names by family, of those that have an English text: what `/schemas` answers.
    #[must_use]
    pub fn families(&self) -> BTreeMap<String, Vec<String>> {
        let mut families: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in self.entries().values().filter(|entry| entry.files.contains_key("en")) {
            families.entry(entry.family.clone()).or_default().push(entry.name.clone());
        }
        families
    }

    /// Reads all languages of a questionnaire. Blocks. None when no file gives this name.
    ///
    /// # Errors
    /// A file that cannot be read or is not UTF-8.
    pub fn read(&self, name: &str) -> io::Result<Option<Texts>> {
        let mut entry = self.entries().get(name).cloned();
        if entry.is_none() {
            self.walk_again()?;
            entry = self.entries().get(name).cloned();
        }
        let Some(entry) = entry else { return Ok(None) };
        let texts: io::Result<Vec<(String, String)>> = entry
            .files
            .iter()
            .map(|(language, file)| Ok((language.clone(), fs::read_to_string(file)?)))
            .collect();
        Ok(Texts::new(texts?))
    }

    fn walk_again(&self) -> io::Result<()> {
        let found = Arc::new(walk_all(&self.roots)?);
        *self.found.write().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }
}

fn walk_all(roots: &[PathBuf]) -> io::Result<BTreeMap<String, Entry>> {
    let mut found = BTreeMap::new();
    for root in roots {
        walk(root, 0, &mut found)?;
    }
    Ok(found)
}

fn walk(folder: &Path, depth: usize, found: &mut BTreeMap<String, Entry>) -> io::Result<()> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|item| item.map(|item| item.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, found)?;
            }
        } else if let Some((name, language, family)) = read_path(&path) {
            let fresh = || Entry { name: name.clone(), family, files: BTreeMap::new() };
            let entry = found.entry(name.clone()).or_insert_with(fresh);
            entry.files.entry(language).or_insert(path);
        }
    }
    Ok(())
}

/// Name, language and family.
fn read_path(path: &Path) -> Option<(String, String, String)> {
    let text = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    let stem = text(path)?.strip_suffix(".json")?.to_owned();
    let folder = path.parent()?;
    let folder_name = text(folder)?;
    let family = folder.parent().and_then(text).unwrap_or_default();
    if is_language(&folder_name) {
        Some((stem, folder_name, family))
    } else if is_language(&stem) {
        Some((folder_name, stem, family))
    } else {
        None
    }
}

fn is_language(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("\"{file}\"")).unwrap();
        }
        root
    }

    #[test]
    fn both_layouts_give_the_same_name() {
        let one = tree(&["test/en/checkbox.json", "test/cy/checkbox.json", "business/en/mbs_0253.json"]);
        let two = tree(&["surveys/lifestyle/en.json", "surveys/lifestyle/cy.json", "README.md", "x.json"]);
        let roots = vec![one.path().to_owned(), two.path().to_owned()];
        let catalogue = Catalogue::open(roots).unwrap();
        let names: Vec<String> = catalogue.entries().keys().cloned().collect();
        assert_eq!(names, ["checkbox", "lifestyle", "mbs_0253"]);
        let texts = catalogue.read("lifestyle").unwrap().unwrap();
        assert_eq!(texts.texts(), ["\"surveys/lifestyle/en.json\"", "\"surveys/lifestyle/cy.json\""]);
        let families = catalogue.families();
        assert_eq!(families["test"], ["checkbox"]);
        assert_eq!(families["surveys"], ["lifestyle"]);
        assert_eq!(families["business"], ["mbs_0253"]);
    }

    #[test]
    fn a_file_that_came_later_is_found_without_a_restart() {
        let root = tree(&["en/first.json"]);
        let catalogue = Catalogue::open(vec![root.path().to_owned()]).unwrap();
        assert!(catalogue.read("second").unwrap().is_none());
        fs::write(root.path().join("en/second.json"), "{}").unwrap();
        assert!(catalogue.read("second").unwrap().is_some());
        fs::write(root.path().join("en/first.json"), "{ }").unwrap();
        assert_eq!(catalogue.read("first").unwrap().unwrap().texts(), ["{ }"]);
    }

    #[test]
    fn a_name_never_leads_out_of_the_folders() {
        let root = tree(&["a/en/inside.json", "en/outside.json"]);
        let catalogue = Catalogue::open(vec![root.path().join("a")]).unwrap();
        for name in ["../en/outside", "outside", "en/../../en/outside", "/etc/passwd", ""] {
            assert!(catalogue.read(name).unwrap().is_none(), "{name}");
        }
    }

    #[test]
    fn the_first_of_two_roots_stands() {
        let (one, two) = (tree(&["one/en/same.json"]), tree(&["two/en/same.json"]));
        let catalogue = Catalogue::open(vec![one.path().to_owned(), two.path().to_owned()]).unwrap();
        assert_eq!(catalogue.read("same").unwrap().unwrap().texts(), ["\"one/en/same.json\""]);
        assert!(Catalogue::open(vec![one.path().join("gone")]).is_err());
    }
}
