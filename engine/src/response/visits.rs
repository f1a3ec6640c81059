//! Which pages the respondent has confirmed, section by section, in the order it was done.

use std::sync::OnceLock;

use schema::questionnaire::BlockIx;

use crate::place::SectionKey;
use crate::trace::BlockSet;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visits {
    visits: Vec<(SectionKey, Visit)>,
}

#[derive(Clone, Debug)]
pub struct Visit {
    /// In the order confirmed, each once.
    confirmed: Vec<BlockIx>,
    /// The same as a set: every step of a path is looked up, so that must not take longer the more there are. Made
    /// when somebody looks: a page looks at a few sections of many.
    set: OnceLock<BlockSet>,
    pub mark: Mark,
}

impl PartialEq for Visit {
    fn eq(&self, other: &Self) -> bool {
        (&self.confirmed, self.mark) == (&other.confirmed, other.mark)
    }
}

impl Visit {
    /// Of blocks in the order confirmed, each once.
    pub(super) fn new(confirmed: Vec<BlockIx>, mark: Mark) -> Self {
        Self { confirmed, set: OnceLock::new(), mark }
    }

    fn set(&self) -> &BlockSet {
        self.set.get_or_init(|| {
            let mut set = BlockSet::default();
            for &block in &self.confirmed {
                set.insert(block);
            }
            set
        })
    }

    fn set_mut(&mut self) -> &mut BlockSet {
        self.set();
        self.set.get_mut().expect("the set was just made")
    }

    /// In the order confirmed.
    pub fn confirmed(&self) -> &[BlockIx] {
        &self.confirmed
    }

    pub fn is_confirmed(&self, block: BlockIx) -> bool {
        self.set().contains(block)
    }

    /// Says whether that is new.
    fn confirm(&mut self, block: BlockIx) -> bool {
        let is_new = self.set_mut().insert(block);
        if is_new {
            self.confirmed.push(block);
        }
        is_new
    }

    /// Says whether it was confirmed.
    fn reopen(&mut self, block: BlockIx) -> bool {
        let was = self.set_mut().remove(block);
        if was {
            self.confirmed.retain(|&has| has != block);
        }
        was
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Entered: although nothing may be confirmed, it counts as in progress.
    Entered,
    /// Taken back to where nothing was done.
    Reset,
    /// A separate form was asked for (spec/02 §11).
    Requested,
}

impl Visits {
    pub fn get(&self, key: SectionKey) -> Option<&Visit> {
        self.visits.iter().find(|(has, _)| *has == key).map(|(_, visit)| visit)
    }

    pub fn is_confirmed(&self, key: SectionKey, block: BlockIx) -> bool {
        self.get(key).is_some_and(|visit| visit.is_confirmed(block))
    }

    fn entry(&mut self, key: SectionKey) -> &mut Visit {
        let at = self.visits.iter().position(|(has, _)| *has == key).unwrap_or_else(|| {
            self.visits.push((key, Visit::new(vec![], Mark::Entered)));
            self.visits.len() - 1
        });
        &mut self.visits[at].1
    }

    /// Confirms a block; says whether that is new.
    pub fn confirm(&mut self, key: SectionKey, block: BlockIx) -> bool {
        let visit = self.entry(key);
        visit.mark = Mark::Entered;
        visit.confirm(block)
    }

    /// Takes a confirmation back, in a section that was begun; says whether there was one.
    pub fn reopen(&mut self, key: SectionKey, block: BlockIx) -> bool {
        let Some((_, visit)) = self.visits.iter_mut().find(|(has, _)| *has == key) else { return false };
        visit.reopen(block)
    }

    pub fn mark(&mut self, key: SectionKey, mark: Mark) {
        self.entry(key).mark = mark;
    }

    /// Leaves a section's status to what is confirmed in it, if it was begun at all; says whether that is new.
    pub fn reset(&mut self, key: SectionKey) -> bool {
        let Some((_, visit)) = self.visits.iter_mut().find(|(has, _)| *has == key) else { return false };
        std::mem::replace(&mut visit.mark, Mark::Reset) != Mark::Reset
    }

    pub fn remove_item(&mut self, item: schema::value::ListItemId) {
        self.visits.retain(|(key, _)| key.item != Some(item));
    }

    pub fn clear(&mut self) {
        self.visits.clear();
    }

    pub(super) fn push(&mut self, key: SectionKey, visit: Visit) {
        self.visits.push((key, visit));
    }

    pub fn iter(&self) -> impl Iterator<Item = (SectionKey, &Visit)> {
        self.visits.iter().map(|(key, visit)| (*key, visit))
    }
}
