//! From what a launch names, or what a row pins, to a questionnaire that is ready to run.

use std::sync::Arc;

use schema::Questionnaire;
use schema::diagnostic::Report;

use crate::definitions::{Cache, Catalogue, Texts, Unreadable};
use crate::launch::Source;
use crate::serving::lane::{Lane, WorkLost};
use crate::store::{DefinitionHash, Definitions as _, Store, StoreError};
use crate::upstream::NoAnswer;
use crate::upstream::registry::Registry;

/// How much larger a linked questionnaire is than its text, about.
const LINKED_PER_TEXT_BYTE: usize = 4;

/// A linked questionnaire, and the hash of what it was linked from.
#[derive(Clone)]
pub struct Ready {
    /// Over the definition in all its languages.
    pub hash: DefinitionHash,
    /// Ready to run.
    pub questionnaire: Arc<Questionnaire>,
}

/// Why there is no questionnaire.
#[derive(Debug, thiserror::Error)]
pub enum NoQuestionnaire {
    /// Nothing of this name, or under this hash.
    #[error("no definition is found")]
    Unknown,
    /// It lies elsewhere, and elsewhere gave no answer.
    #[error("a definition from elsewhere: {0}")]
    Elsewhere(#[from] NoAnswer),
    /// A file that cannot be read.
    #[error("a definition's file cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// It cannot be run.
    #[error("a definition cannot be run: {0}")]
    Unsound(String),
    /// The store is away.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the store keeps is not what was put there.
    #[error(transparent)]
    Kept(#[from] Unreadable),
    /// The work was lost.
    #[error(transparent)]
    Lost(#[from] WorkLost),
}

/// Where questionnaires come from.
pub struct Library {
    catalogue: Arc<Catalogue>,
    registry: Registry,
    store: Store,
    /// What cannot be linked is kept as the reason, so that it fails once.
    cache: Cache<Result<Arc<Questionnaire>, String>>,
    lane: Lane,
}

impl Library {
    /// Over these folders and this registry, keeping in the store what is launched, and ready at most so many
    /// bytes.
    #[must_use]
    pub fn new(catalogue: Catalogue, registry: Registry, store: Store, cache_bytes: usize) -> Library {
        Library {
            catalogue: Arc::new(catalogue),
            registry,
            store,
            cache: Cache::new(cache_bytes),
            lane: Lane::new(2),
        }
    }

    /// What lies below the configured folders.
    #[must_use]
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// A definition's texts, read anew.
    ///
    /// # Errors
    /// [`NoQuestionnaire`].
    pub async fn texts(&self, name: &str) -> Result<Texts, NoQuestionnaire> {
        let (catalogue, name) = (Arc::clone(&self.catalogue), name.to_owned());
        self.lane.run(move || catalogue.read(&name)).await??.ok_or(NoQuestionnaire::Unknown)
    }

    /// The questionnaire that a launch asks for, as it stands now.
    ///
    /// # Errors
    /// [`NoQuestionnaire`].
    pub async fn find(&self, source: &Source) -> Result<Ready, NoQuestionnaire> {
        let texts = match source {
            Source::Name(name) => self.texts(name).await?,
            Source::Url(address) => Texts::clone(&*self.registry.at(address).await?),
            Source::Registry(id) => Texts::clone(&*self.registry.of(*id).await?),
        };
        let hash = texts.hash();
        if self.cache.ready(hash).is_none() {
            // Kept before it is used, so that no row pins what is not there.
            self.store.keep(hash, texts.pack()?).await?;
        }
        let questionnaire = self.linked(hash, async || Ok(texts)).await?;
        Ok(Ready { hash, questionnaire })
    }

    /// The questionnaire of this hash.
    ///
    /// # Errors
    /// [`NoQuestionnaire`].
    pub async fn pinned(&self, hash: DefinitionHash) -> Result<Arc<Questionnaire>, NoQuestionnaire> {
        let kept = async || {
            let bytes = self.store.get(hash).await?.ok_or(NoQuestionnaire::Unknown)?;
            Ok(Texts::unpack(&bytes, hash)?)
        };
        self.linked(hash, kept).await
    }

    async fn linked(
        &self,
        hash: DefinitionHash,
        texts: impl AsyncFnOnce() -> Result<Texts, NoQuestionnaire>,
    ) -> Result<Arc<Questionnaire>, NoQuestionnaire> {
        let linked = match self.cache.ready(hash) {
            Some(linked) => linked,
            None => {
                let build = async || {
                    let texts = texts().await?;
                    let bytes = texts.texts().iter().map(|text| text.len()).sum::<usize>();
                    let work =
                        move || schema::link(&texts.texts()).map(Arc::new).map_err(|report| first(&report));
                    let linked = self.lane.run(work).await?;
                    Ok::<_, NoQuestionnaire>((linked, bytes * LINKED_PER_TEXT_BYTE))
                };
                self.cache.get_or_build(hash, build).await?
            }
        };
        match &*linked {
            Ok(questionnaire) => Ok(Arc::clone(questionnaire)),
            Err(why) => Err(NoQuestionnaire::Unsound(why.clone())),
        }
    }
}

fn first(report: &Report) -> String {
    report.diagnostics.first().map_or_else(String::new, |diagnostic| {
        format!("{} at {}: {}", diagnostic.code, diagnostic.pointer, diagnostic.seen)
    })
}
