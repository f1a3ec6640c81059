//! Lists of people and things, in the order they were made.

use schema::questionnaire::ListIx;
use schema::rule::ListView;
use schema::value::ListItemId;

/// A list that emptied is gone; made again, it comes last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists {
    lists: Vec<ItemList>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemList {
    pub list: ListIx,
    pub items: Vec<ListItemId>,
    pub primary: Option<ListItemId>,
    pub same_names: Vec<ListItemId>,
}

impl Lists {
    pub fn view(&self, list: ListIx) -> ListView<'_> {
        self.get(list).map_or_else(ListView::default, |found| ListView {
            items: &found.items,
            primary: found.primary,
            same_names: &found.same_names,
        })
    }

    pub fn get(&self, list: ListIx) -> Option<&ItemList> {
        self.lists.iter().find(|found| found.list == list)
    }

    pub fn items(&self, list: ListIx) -> &[ListItemId] {
        self.view(list).items
    }

    pub fn contains(&self, list: ListIx, item: ListItemId) -> bool {
        self.items(list).contains(&item)
    }

    /// 1-based.
    pub fn number_of(&self, list: ListIx, item: ListItemId) -> Option<usize> {
        self.items(list).iter().position(|&has| has == item).map(|at| at + 1)
    }

    fn entry(&mut self, list: ListIx) -> &mut ItemList {
        let at = self.lists.iter().position(|found| found.list == list).unwrap_or_else(|| {
            self.lists.push(ItemList { list, items: vec![], primary: None, same_names: vec![] });
            self.lists.len() - 1
        });
        &mut self.lists[at]
    }

    pub fn add(&mut self, list: ListIx, item: ListItemId) {
        self.entry(list).items.push(item);
    }

    pub fn add_primary(&mut self, list: ListIx, item: ListItemId) {
        let entry = self.entry(list);
        entry.items.insert(0, item);
        entry.primary = Some(item);
    }

    pub fn remove(&mut self, list: ListIx, item: ListItemId) {
        let entry = self.entry(list);
        entry.items.retain(|&has| has != item);
        entry.same_names.retain(|&has| has != item);
        if entry.primary == Some(item) {
            entry.primary = None;
        }
        self.lists.retain(|found| !found.items.is_empty());
    }

    pub fn set_same_names(&mut self, list: ListIx, same_names: Vec<ListItemId>) {
        if self.get(list).is_some() {
            self.entry(list).same_names = same_names;
        }
    }

    pub(super) fn push(&mut self, list: ItemList) {
        self.lists.push(list);
    }

    pub fn iter(&self) -> impl Iterator<Item = &ItemList> {
        self.lists.iter()
    }
}
