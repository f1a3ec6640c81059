//! The names under which built files are served: hashed, from the manifest that building them writes.

use std::collections::HashMap;

use serde::Serialize;

/// Addresses of what a page loads, each below `/static/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assets {
    pub style: String,
    pub script: String,
    /// Only for pages with suggestions or an address lookup.
    pub lookup: String,
    pub logos: String,
    pub icon: String,
    pub font_regular: String,
    pub font_bold: String,
}

/// What is wrong with a manifest.
#[derive(Debug)]
pub enum ManifestError {
    NotJson(serde_json::Error),
    Missing(&'static str),
}

impl std::fmt::Display for ManifestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "the manifest of built files is not JSON: {error}"),
            Self::Missing(name) => write!(f, "the manifest of built files lacks {name}"),
        }
    }
}

impl std::error::Error for ManifestError {}

impl Assets {
    /// From `static/built/manifest.json`: a plain name to a hashed one.
    ///
    /// # Errors
    /// [`ManifestError`] for anything else than that, or when a file that pages load is not named.
    pub fn from_manifest(json: &str) -> Result<Self, ManifestError> {
        let names: HashMap<String, String> = serde_json::from_str(json).map_err(ManifestError::NotJson)?;
        Self::named(|name| names.get(name).cloned())
    }

    /// Under their plain names: for samples and tests, where nothing was built.
    pub fn plain() -> Self {
        Self::named(|name| Some(name.to_owned())).expect("each name is its own")
    }

    fn named(of: impl Fn(&str) -> Option<String>) -> Result<Self, ManifestError> {
        let address = |name: &'static str| {
            of(name).map(|name| format!("/static/{name}")).ok_or(ManifestError::Missing(name))
        };
        Ok(Self {
            style: address("main.css")?,
            script: address("page.js")?,
            lookup: address("lookup.js")?,
            logos: address("logos.svg")?,
            icon: address("favicon.svg")?,
            font_regular: address("opensans-regular.woff2")?,
            font_bold: address("opensans-bold.woff2")?,
        })
    }
}
