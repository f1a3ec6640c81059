//! Definitions: found below the configured folders, kept in the store by their hash, ready to run in a cache.

mod cache;
mod catalogue;

use std::fmt;

use aws_lc_rs::digest;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::store::DefinitionHash;

pub use cache::Cache;
pub use catalogue::{Catalogue, Entry};

/// Longest definition that is unpacked, over all its languages. The largest real one has two million bytes.
const MAX_TEXTS: usize = 64 * 1024 * 1024;

/// A definition as written, in all its languages; the first is the base.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// Language code and JSON text.
    languages: Vec<(String, String)>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.languages.iter().map(|(language, _)| language)).finish()
    }
}

/// What lies in the store under a hash is not a definition of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a kept definition cannot be read")]
pub struct Unreadable;

impl Texts {
    /// Puts the base language first: English if there, else the first by name. None without any language.
    #[must_use]
    pub fn new(mut languages: Vec<(String, String)>) -> Option<Texts> {
        languages.sort_by(|a, b| (a.0 != "en", &a.0).cmp(&(b.0 != "en", &b.0)));
        languages.dedup_by(|a, b| a.0 == b.0);
        (!languages.is_empty()).then_some(Texts { languages })
    }

    /// Language codes and JSON texts, the base first.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.languages.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// The JSON texts alone, in the same order: what linking wants.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.languages.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// SHA-256 over all languages, with their codes and lengths, so that no two definitions share one.
    #[must_use]
    pub fn hash(&self) -> DefinitionHash {
        let mut context = digest::Context::new(&digest::SHA256);
        for part in self.languages.iter().flat_map(|(language, text)| [language, text]) {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        DefinitionHash(hash)
    }

    /// As kept in the store: its length in four bytes, then packed to a tenth.
    ///
    /// # Errors
    /// [`Unreadable`] when it is too large to keep.
    pub fn pack(&self) -> Result<Bytes, Unreadable> {
        let plain = postcard::to_stdvec(self).map_err(|_| Unreadable)?;
        if plain.len() > MAX_TEXTS {
            return Err(Unreadable);
        }
        let length = u32::try_from(plain.len()).map_err(|_| Unreadable)?;
        let mut packed = zstd::bulk::compress(&plain, 3).map_err(|_| Unreadable)?;
        packed.splice(..0, length.to_be_bytes());
        Ok(packed.into())
    }

    /// From the store, if it is what the hash says.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn unpack(bytes: &[u8], hash: DefinitionHash) -> Result<Texts, Unreadable> {
        let (length, packed) = bytes.split_first_chunk().ok_or(Unreadable)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unreadable)?;
        if length > MAX_TEXTS {
            return Err(Unreadable);
        }
        let plain = zstd::bulk::decompress(packed, length).map_err(|_| Unreadable)?;
        let texts: Texts = postcard::from_bytes(&plain).map_err(|_| Unreadable)?;
        if texts.languages.is_empty() || texts.hash() != hash {
            return Err(Unreadable);
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn texts(languages: &[(&str, &str)]) -> Texts {
        Texts::new(languages.iter().map(|(l, t)| ((*l).to_owned(), (*t).to_owned())).collect()).unwrap()
    }

    #[test]
    fn english_is_the_base_wherever_it_stands() {
        let texts = texts(&[("cy", "1"), ("ga", "2"), ("en", "3")]);
        assert_eq!(texts.languages().map(|(l, _)| l).collect::<Vec<_>>(), ["en", "cy", "ga"]);
        assert_eq!(texts.texts(), ["3", "1", "2"]);
    }

    #[test]
    fn a_definition_that_differs_in_any_language_has_another_hash() {
        let one = texts(&[("en", "ab"), ("cy", "c")]);
        assert_eq!(one.hash(), texts(&[("cy", "c"), ("en", "ab")]).hash());
        for other in [
            texts(&[("en", "ab")]),
            texts(&[("en", "ab"), ("cy", "d")]),
            texts(&[("en", "a"), ("cy", "bc")]),
            texts(&[("en", "ab"), ("ga", "c")]),
        ] {
            assert_ne!(one.hash(), other.hash());
        }
    }

    #[test]
    fn a_kept_definition_comes_back_only_under_its_own_hash() {
        let kept = texts(&[("en", "{}"), ("cy", "{ }")]);
        let bytes = kept.pack().unwrap();
        assert_eq!(Texts::unpack(&bytes, kept.hash()), Ok(kept.clone()));
        assert_eq!(Texts::unpack(&bytes, DefinitionHash([0; 32])), Err(Unreadable));
        assert_eq!(Texts::unpack(b"nonsense", kept.hash()), Err(Unreadable));
    }
}
