//! Where a wanderer goes next, for no reason.

use super::*;

impl<'a> Wanderer<'a, '_> {
    pub(super) fn switch(&mut self) {
        let mut locales = self.questionnaire.languages.clone();
        locales.extend([Locale::En, Locale::Cy]);
        let ui = self.dice.pick(&locales).copied().unwrap_or(Locale::En);
        self.tongue = Tongue { definition: self.questionnaire.language(ui), ui };
    }

    /// An address typed by hand: on the path or off it, or of nothing.
    pub(super) fn anywhere(&mut self) -> Target {
        let q = self.questionnaire;
        let items: Vec<ListItemId> = self.response.lists.iter().flat_map(|list| list.items.clone()).collect();
        let item = match self.dice.below(4) {
            0 => Some(ListItemId(*b"nobody")),
            1 | 2 => self.dice.pick(&items).copied(),
            _ => None,
        };
        let block = self.dice.below(q.blocks.len());
        let block = q.names.blocks.get(&q.blocks[block].id).copied();
        let sections: Vec<_> = q.section_indices().collect();
        let section = self.dice.pick(&sections).copied();
        let location = match (self.dice.below(10), block, section) {
            (0, ..) => Location::Submit,
            (1, ..) => Location::ThankYou,
            (2, ..) => Location::Submitted,
            (3, ..) => Location::Relationships { last: self.dice.once_in(2) },
            (4 | 5, _, Some(section)) => Location::Section(SectionKey { section, item }),
            (6..=8, ..) if q.individual_response.is_some() => {
                return individual::somewhere(&mut self.dice, item);
            }
            (_, Some(block), _) => {
                let is_about_one = page::list_of(q, block).is_some();
                let item = item.filter(|_| is_about_one);
                let to = if self.dice.once_in(8) { self.dice.pick(&items).copied() } else { None };
                Location::Block(Place { block, item, to })
            }
            _ => Location::Entry,
        };
        let mut target = Target::at(location);
        if self.dice.once_in(2) {
            target.back = self.some_way_back();
            target.resume = self.dice.once_in(3);
        }
        target
    }

    pub(super) fn some_way_back(&mut self) -> Back {
        let q = self.questionnaire;
        // A hub has no final summary to return to.
        let end = if matches!(q.flow, Flow::Linear { .. }) { "final-summary" } else { "hub" };
        let ways = [
            end,
            "section-summary",
            "calculated-summary",
            "grand-calculated-summary",
            "calculated-summary,grand-calculated-summary",
            "nowhere",
        ];
        let block = q.blocks[self.dice.below(q.blocks.len())].id.clone();
        let other = q.blocks[self.dice.below(q.blocks.len())].id.clone();
        let answer = q.answers.get(self.dice.below(q.answers.len())).map(|answer| answer.id.clone());
        Back {
            to: self.dice.pick(&ways).map(|&way| way.into()),
            block: match self.dice.below(3) {
                0 => None,
                1 => Some(block),
                _ => Some(format!("{block},{other}").into()),
            },
            answer: answer.filter(|_| self.dice.once_in(2)),
            item: None,
            ..Back::default()
        }
    }

    /// Answers one of the questions on the path anew.
    pub(super) fn retreat(&mut self) -> Held {
        let trace = Trace::new(self.questionnaire, &self.response, self.moment.today());
        let mut answered = vec![];
        for key in trace.enabled_instances().map_err(Broken::Fault)? {
            let path = trace.path(key).map_err(Broken::Fault)?;
            let confirmed = path.blocks().filter(|&block| self.response.visits.is_confirmed(key, block));
            answered.extend(confirmed.map(|block| Place::of(block, key.item)));
        }
        if let Some(&place) = self.dice.pick(&answered) {
            self.note("retreat".to_owned());
            self.go(Target::block(place))?;
            if self.here.page.as_ref().is_some_and(|page| page.kind == Kind::Form) {
                let fields = self.rightly(0, None);
                self.post_here(fields)?;
            }
        }
        Ok(())
    }

    pub(super) fn tick(&mut self) {
        let seconds = match self.dice.below(30) {
            0 => self.dice.between(0, 200_000),
            _ => self.dice.between(0, 90),
        };
        let later = self.moment.now.checked_add(jiff::SignedDuration::from_secs(seconds));
        self.moment.now = later.unwrap_or(self.moment.now);
        let count = u128::from_le_bytes(self.moment.seed).wrapping_add(1);
        self.moment.seed = count.to_le_bytes();
    }
}
