//! Pages that only tell: introductions and interstitials.

use schema::questionnaire::{Block, BlockIx, Introduction, IntroductionPart};
use schema::rule::{Fault, Scope};

use super::making::Making;
use super::{
    Body, ContentPage, DefinitionView, IntroductionPage, IntroductionPartView, IntroductionPreviewView,
};
use crate::open::pick;
use crate::place::{Location, Place, SectionKey, Target};

impl<'a> Making<'a, '_> {
    pub fn content(&self, place: Place, key: SectionKey) -> Result<(Option<String>, Body<'a>), Fault> {
        let block = self.q().block(place.block);
        let sight = self.sight(Some(key), Some(place.block), place.item, self.list_of(key));
        let content = pick(block.contents(), &sight, place.block)?;
        let page = ContentPage {
            block_id: &block.id,
            title: self.say(&content.title, &sight)?,
            is_interviewer_note: block.interviewer_only,
            instruction: self.say_all(&content.instruction, &sight)?,
            contents: self.contents(content.contents.as_deref().unwrap_or_default(), &sight)?,
            items: self.content_items(place, key)?,
            individual: self.individual_from_section(place, key)?,
        };
        let title = self.block_title(place, key, Some(&content.title));
        Ok((title, Body::Content(Box::new(page))))
    }

    pub fn introduction(
        &self,
        block: &'a Block,
        ix: BlockIx,
        key: SectionKey,
        introduction: &'a Introduction,
    ) -> Result<Body<'a>, Fault> {
        let sight = self.sight(Some(key), Some(ix), key.item, None);
        let q = self.q();
        let preview = introduction.preview.as_ref().map(|preview| {
            let questions = preview.questions.iter().map(|question| {
                Ok(DefinitionView {
                    title: self.say(&question.question, &sight)?,
                    contents: self.contents(question.contents.as_deref().unwrap_or_default(), &sight)?,
                })
            });
            Ok(IntroductionPreviewView {
                id: preview.id.as_deref(),
                title: self.say_some(&preview.title, &sight)?,
                contents: self.contents(preview.contents.as_deref().unwrap_or_default(), &sight)?,
                questions: questions.collect::<Result<_, Fault>>()?,
            })
        });
        Ok(Body::Introduction(Box::new(IntroductionPage {
            block_id: &block.id,
            title: self.say_some(&introduction.title, &sight)?,
            primary: self.parts(&introduction.primary, &sight)?,
            legal_basis: q.legal_basis.as_ref().map(|basis| basis.in_language(self.language())),
            preview_href: q.preview_questions.then(|| self.href(&Target::at(Location::Preview))),
            preview: preview.transpose()?,
            secondary: self.parts(&introduction.secondary, &sight)?,
            individual: self.individual_from_section(Place::of(ix, key.item), key)?,
        })))
    }

    fn parts(
        &self,
        parts: &'a [IntroductionPart],
        scope: &dyn Scope,
    ) -> Result<Vec<IntroductionPartView<'a>>, Fault> {
        parts
            .iter()
            .map(|part| {
                Ok(IntroductionPartView {
                    id: &part.id,
                    title: self.say_some(&part.title, scope)?,
                    contents: self.contents(part.contents.as_deref().unwrap_or_default(), scope)?,
                })
            })
            .collect()
    }
}
