//! Questionnaires to begin with: those of the project, a folder each, a file a language.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::surveys::import::{self, Imported};

/// One that can be begun with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Starter {
    /// Names it.
    pub name: String,
    /// The folder that it lies in: `surveys` or `features`.
    pub family: String,
    pub title: String,
    pub description: String,
    pub languages: Vec<String>,
    pub blocks: usize,
}

/// All of them, as read at start.
#[derive(Default)]
pub struct Starters(Vec<(Starter, Vec<Value>)>);

impl Starters {
    /// Reads `FAMILY/NAME/LANG.json` below a folder. What cannot be read is left out and told in the log.
    #[must_use]
    pub fn read(folder: &Path) -> Starters {
        let mut starters = Vec::new();
        // Whole surveys before the small ones that show a feature each.
        for family in ["surveys", "features"] {
            for path in below(&folder.join(family)) {
                let definitions: Vec<Value> = ["en", "cy"]
                    .iter()
                    .filter_map(|language| {
                        let text = std::fs::read_to_string(path.join(format!("{language}.json"))).ok()?;
                        let read = import::read(&text);
                        if let Err(why) = &read {
                            tracing::warn!(path = %path.display(), %why, "a starter cannot be read");
                        }
                        read.ok()
                    })
                    .collect();
                if let Some(starter) = describe(family, &path, &definitions) {
                    starters.push((starter, definitions));
                }
            }
        }
        Starters(starters)
    }

    /// What there is.
    pub fn all(&self) -> impl Iterator<Item = &Starter> {
        self.0.iter().map(|(starter, _)| starter)
    }

    /// One, as a questionnaire's document.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<Value> {
        let (_, definitions) = self.0.iter().find(|(starter, _)| starter.name == name)?;
        let Imported { document, .. } = import::import(definitions.clone()).ok()?;
        Some(document)
    }
}

fn below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    paths.sort();
    paths
}

fn describe(family: &str, path: &Path, definitions: &[Value]) -> Option<Starter> {
    let base = definitions.first()?;
    let said = |name: &str| base.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let groups = base.get("sections")?.as_array()?.iter();
    let groups = groups.filter_map(|section| section.get("groups")?.as_array()).flatten();
    Some(Starter {
        name: path.file_name()?.to_str()?.to_owned(),
        family: family.to_owned(),
        title: said("title"),
        description: said("description"),
        languages: definitions
            .iter()
            .filter_map(|definition| Some(definition.get("language")?.as_str()?.to_owned()))
            .collect(),
        blocks: groups.filter_map(|group| group.get("blocks")?.as_array()).map(Vec::len).sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_samples_are_there_to_begin_with() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../questionnaires");
        let starters = Starters::read(Path::new(folder));
        assert!(starters.all().count() > 50);
        assert!(starters.document("monthly-business").is_some());
        assert!(starters.document("no-such").is_none());
        assert_eq!(Starters::read(Path::new("/nowhere")).all().count(), 0);
    }
}
