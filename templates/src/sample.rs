//! Every page once: for tests, for the browser's checks, and to look at while working on templates.

mod fields;
mod individual;
mod own;
mod pages;

use engine::page::Page;

use crate::{OwnPage, Shown};

/// A page by name.
#[derive(Debug)]
pub struct Sample {
    /// In kebab case, unique.
    pub name: &'static str,
    page: SamplePage,
}

#[derive(Debug)]
enum SamplePage {
    Engine(Box<Page<'static>>),
    Own(Box<OwnPage<'static>>),
}

impl Sample {
    pub fn shown(&self) -> Shown<'_> {
        match &self.page {
            SamplePage::Engine(page) => Shown::Engine(page),
            SamplePage::Own(page) => Shown::Own(page),
        }
    }
}

/// Every kind of page, and each of a page's shapes that has markup of its own.
pub fn samples() -> Vec<Sample> {
    let engine = fields::pages().into_iter().chain(pages::pages()).chain(individual::pages());
    let engine = engine.map(|(name, page)| Sample { name, page: SamplePage::Engine(Box::new(page)) });
    let own =
        own::pages().into_iter().map(|(name, page)| Sample { name, page: SamplePage::Own(Box::new(page)) });
    engine.chain(own).collect()
}
