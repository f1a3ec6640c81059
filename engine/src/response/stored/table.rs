//! Names and ids by number: each is written once, however often it is used.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::StoredError;

/// Numbers given in the order of first use. Every save asks for one per answer, and what is numbered are indexes of
/// ours, which nobody outside can choose to collide.
pub(super) struct Numbers<T> {
    of: FxHashMap<T, u32>,
    pub table: Vec<T>,
}

impl<T: Copy + Eq + Hash> Numbers<T> {
    pub fn new(table: Vec<T>) -> Self {
        Self { of: table.iter().copied().zip(0..).collect(), table }
    }

    pub fn of(&mut self, what: T) -> u32 {
        *self.of.entry(what).or_insert_with(|| {
            self.table.push(what);
            (self.table.len() - 1) as u32
        })
    }
}

/// What a number stands for.
pub(super) fn named<T: Copy>(table: &[T], number: u32) -> Result<T, StoredError> {
    table.get(number as usize).copied().ok_or(StoredError::Malformed)
}
