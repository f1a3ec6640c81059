//! Going to a page and looking at it: it is there, it renders, its links lead somewhere.

use super::*;

impl<'a> Wanderer<'a, '_> {
    /// Goes to a target and follows redirects; where nothing is found, one stands there.
    pub(super) fn go(&mut self, mut target: Target) -> Held {
        self.tick();
        for _ in 0..LONGEST {
            match self.look(&target, None)? {
                Looked::Page(page) => {
                    self.arrive(target, Some(page));
                    return Ok(());
                }
                Looked::Elsewhere(next) => target = next,
                Looked::Nothing => {
                    self.arrive(target, None);
                    return Ok(());
                }
            }
        }
        Err(self.broken(format!("redirects without end, at {:?}", target.location)))
    }

    pub(super) fn arrive(&mut self, target: Target, page: Option<Remembered>) {
        self.note(page.as_ref().map_or_else(|| "nothing".to_owned(), |page| page.at.clone()));
        if let Some(place) = target.place().filter(|_| page.is_some()) {
            self.tally.blocks.insert(place.block);
        }
        let before = std::mem::replace(&mut self.here, Seen { target, page });
        if before.page.is_some() {
            self.past.push(before);
        }
        if self.past.len() > LONGEST {
            self.past.remove(0);
        }
    }

    /// Makes a page twice, the second time from the response as it would be kept, and tries some of its links.
    pub(super) fn look(&mut self, target: &Target, attempt: Option<&Attempt>) -> Result<Looked, Broken> {
        let kept = response::write(self.questionnaire, &self.response);
        let back = response::read(self.questionnaire, &kept)
            .map_err(|why| self.broken(format!("the stored form cannot be read: {why:?}")))?;
        if back != self.response {
            return Err(self.broken("the stored form reads back as something else"));
        }
        let first = self.make(target, attempt, &self.response);
        let second = self.make(target, attempt, &back);
        let mut made = match (first, second) {
            (Ok(first), Ok(second)) => {
                if first.json != second.json {
                    return Err(self.broken("the page changes with storing"));
                }
                first
            }
            (Err(Denied::NotHere), Err(Denied::NotHere)) => return Ok(Looked::Nothing),
            (Err(Denied::Elsewhere(one)), Err(Denied::Elsewhere(two))) if one == two => {
                return Ok(Looked::Elsewhere(*one));
            }
            (Err(Denied::Fault(fault)), Err(Denied::Fault(_))) => return self.fault(fault),
            _ => return Err(self.broken("the page changes with storing")),
        };
        self.tally.pages += 1;
        {
            let visitor = self.visitor(target);
            let page = match attempt {
                Some(attempt) => page::page_again(self.questionnaire, &self.response, attempt, &visitor),
                None => page::page(self.questionnaire, &self.response, &visitor),
            };
            if let Ok(page) = page {
                (self.watch.page)(&page, self.tongue)
                    .map_err(|why| Broken::Rule { at: made.at.clone(), why })?;
            }
        }
        // One may begin with a section whose first page is a grand total: the summaries it adds are not open yet.
        let links = if made.json.contains(r#""is_grand":true"#) { &[][..] } else { &made.links };
        for _ in 0..3 {
            if let Some(link) = self.dice.pick(links).filter(|link| !self.leads_nowhere_in_eq(link)).cloned()
            {
                self.opens(&link, &made.at)?;
            }
        }
        made.blank = self.blank(target, made.shown);
        Ok(Looked::Page(made))
    }

    /// "Previous" of the submit page leads to a repeating section's summary without its item (spec/02 §6.4).
    pub(super) fn leads_nowhere_in_eq(&self, link: &Target) -> bool {
        match link.location {
            Location::Section(SectionKey { section, item: None }) => {
                self.questionnaire.section(section).repeat.is_some()
            }
            _ => false,
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) -> Result<Looked, Broken> {
        if (self.watch.is_expected)(&fault) {
            self.tally.faults += 1;
            return Ok(Looked::Nothing);
        }
        Err(Broken::Fault(fault))
    }

    /// A link of a page leads to a page, at once or by redirects.
    pub(super) fn opens(&mut self, link: &Target, at: &str) -> Held {
        let mut target = link.clone();
        for _ in 0..LONGEST {
            match self.make(&target, None, &self.response) {
                Ok(_) | Err(Denied::TooMany) => return Ok(()),
                Err(Denied::Elsewhere(next)) => target = *next,
                Err(Denied::NotHere) => {
                    let why = format!("a link leads nowhere: {:?}", link.location);
                    return Err(Broken::Rule { at: at.to_owned(), why });
                }
                Err(Denied::Fault(fault)) => return self.fault(fault).map(|_| ()),
            }
        }
        Err(Broken::Rule { at: at.to_owned(), why: "a link leads round in circles".to_owned() })
    }

    pub(super) fn visitor<'v>(&'v self, target: &'v Target) -> Visitor<'v> {
        Visitor { target, tongue: self.tongue, moment: self.moment, limits: &self.limits, href: &anywhere }
    }

    pub(super) fn make(
        &self,
        target: &Target,
        attempt: Option<&Attempt>,
        response: &Response,
    ) -> Result<Remembered, Denied> {
        let links = RefCell::new(Vec::new());
        let href = |target: &Target| {
            links.borrow_mut().push(target.clone());
            address(links.borrow().len() - 1)
        };
        let visitor =
            Visitor { target, tongue: self.tongue, moment: self.moment, limits: &self.limits, href: &href };
        let page = match attempt {
            Some(attempt) => page::page_again(self.questionnaire, response, attempt, &visitor),
            None => page::page(self.questionnaire, response, &visitor),
        }?;
        let kind = match page.body {
            Body::Preview(_) | Body::Submitted(_) => Kind::Reading,
            Body::Individual(ref page) if page.href.is_some() => Kind::Reading,
            Body::ThankYou(_) => Kind::ThankYou,
            _ => Kind::Form,
        };
        let json = serde_json::to_string(&page).expect("a page's keys are texts");
        let (at, shown) = (page.at.clone(), page.shown);
        drop(page);
        let mut numbered = links.into_inner().into_iter().enumerate();
        let is_shown = |number: usize| json.contains(&format!("\"{}\"", address(number)));
        let links =
            numbered.by_ref().filter(|(number, _)| is_shown(*number)).map(|(_, target)| target).collect();
        Ok(Remembered { at, kind, shown, links, json, blank: None })
    }
}

pub(super) enum Looked {
    Page(Remembered),
    Elsewhere(Target),
    Nothing,
}
