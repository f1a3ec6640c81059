//! What every page is made from: the trace, the visitor, and how an author's words are said.

use schema::Questionnaire;
use schema::questionnaire::{BlockIx, ContentItem, Definition, LanguageIx, ListIx};
use schema::rule::{Fault, Here, Scope};
use schema::text::{self, Forms, Html, Piece, Text};
use schema::value::ListItemId;

use super::{ContentView, DefinitionView};
use crate::place::{Place, SectionKey, Target};
use crate::response::Response;
use crate::scope::Sight;
use crate::trace::Trace;
use crate::visitor::Visitor;

/// A page in the making. `'a` is the questionnaire and the response, which the finished page borrows from.
pub(super) struct Making<'a, 'v> {
    pub trace: &'v Trace<'a>,
    pub visitor: &'v Visitor<'v>,
}

impl<'a, 'v> Making<'a, 'v> {
    pub fn q(&self) -> &'a Questionnaire {
        self.trace.questionnaire
    }

    pub fn response(&self) -> &'a Response {
        self.trace.response
    }

    pub fn language(&self) -> LanguageIx {
        self.visitor.tongue.definition
    }

    pub fn href(&self, target: &Target) -> String {
        (self.visitor.href)(target)
    }

    /// What a block's page sees from there.
    pub fn sight(
        &self,
        section: Option<SectionKey>,
        block: Option<BlockIx>,
        item: Option<ListItemId>,
        list: Option<ListIx>,
    ) -> Sight<'v> {
        let here = Here { item, to: None, list };
        Sight::of_page(self.trace, section, block, here, self.language())
    }

    /// What the page at a place sees.
    pub fn sight_at(&self, place: Place, key: SectionKey) -> Sight<'v> {
        let here = Here { item: place.item, to: place.to, list: super::list_of(self.q(), place.block) };
        Sight::of_page(self.trace, Some(key), Some(place.block), here, self.language())
    }

    /// The list of a repeating section.
    pub fn list_of(&self, section: SectionKey) -> Option<ListIx> {
        self.q().section(section.section).repeat.as_ref().map(|repeat| repeat.list)
    }

    pub fn say(&self, text: &'a Text, scope: &dyn Scope) -> Result<Html<'a>, Fault> {
        // Most texts are one piece in one form: borrowed from the questionnaire, whatever the scope.
        if let Forms::One(pieces) = &text.in_language(self.language()).forms
            && let [Piece::Html(html)] = &pieces[..]
        {
            return Ok(Html::new(&**html));
        }
        Ok(Html::new(text::words(text, self.language(), scope)?.html.into_owned()))
    }

    /// Those that say something: a placeholder may have left nothing.
    pub fn say_all(&self, texts: &'a [Text], scope: &dyn Scope) -> Result<Vec<Html<'a>>, Fault> {
        let mut said = Vec::with_capacity(texts.len());
        for text in texts {
            said.extend(Some(self.say(text, scope)?).filter(|html| !html.is_empty()));
        }
        Ok(said)
    }

    pub fn say_some(&self, text: &'a Option<Text>, scope: &dyn Scope) -> Result<Option<Html<'a>>, Fault> {
        text.as_ref().map(|text| self.say(text, scope)).transpose()
    }

    /// Without its markup, for places that show none.
    pub fn say_plain(&self, text: &'a Text, scope: &dyn Scope) -> Result<String, Fault> {
        Ok(text::plain(self.say(text, scope)?.html).into_owned())
    }

    /// Markup taken out, and what is left made safe again: a title inside a summary or another sentence.
    pub fn say_stripped(&self, text: &'a Text, scope: &dyn Scope) -> Result<Html<'a>, Fault> {
        let said = self.say(text, scope)?;
        if !said.html.contains('<') {
            return Ok(said);
        }
        Ok(Html::new(text::escape(&text::plain(said.html)).into_owned()))
    }

    pub fn contents(
        &self,
        items: &'a [ContentItem],
        scope: &dyn Scope,
    ) -> Result<Vec<ContentView<'a>>, Fault> {
        let mut guidance_number = 0;
        let mut views = Vec::with_capacity(items.len());
        for item in items {
            let guidance =
                item.guidance.as_ref().map(|contents| self.contents(contents, scope)).transpose()?;
            guidance_number += usize::from(guidance.is_some());
            let view = ContentView {
                definition: item
                    .definition
                    .as_ref()
                    .map(|definition| self.definition(definition, scope))
                    .transpose()?
                    .map(Box::new),
                guidance,
                guidance_number,
                title: self.say_some(&item.title, scope)?.filter(|title| !title.is_empty()),
                description: self.say_some(&item.description, scope)?.filter(|said| !said.is_empty()),
                list: self.say_all(&item.list, scope)?,
            };
            // A placeholder may have left nothing to say.
            if !view.is_empty() {
                views.push(view);
            }
        }
        Ok(views)
    }

    pub fn definition(
        &self,
        definition: &'a Definition,
        scope: &dyn Scope,
    ) -> Result<DefinitionView<'a>, Fault> {
        Ok(DefinitionView {
            title: self.say(&definition.title, scope)?,
            contents: self.contents(&definition.contents, scope)?,
        })
    }
}
