//! A set of blocks: a bit each, so that asking is as cheap for two thousand blocks as for two.

use schema::questionnaire::BlockIx;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockSet {
    words: Vec<u64>,
    len: u32,
}

impl BlockSet {
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn contains(&self, block: BlockIx) -> bool {
        let at = block.index();
        self.words.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    /// Says whether it is new.
    pub fn insert(&mut self, block: BlockIx) -> bool {
        let at = block.index();
        if self.words.len() <= at / 64 {
            self.words.resize(at / 64 + 1, 0);
        }
        let bit = 1 << (at % 64);
        let is_new = self.words[at / 64] & bit == 0;
        self.words[at / 64] |= bit;
        self.len += u32::from(is_new);
        is_new
    }

    /// Says whether it was there.
    pub fn remove(&mut self, block: BlockIx) -> bool {
        let was = self.contains(block);
        if was {
            self.words[block.index() / 64] &= !(1 << (block.index() % 64));
            self.len -= 1;
            // Sets of the same blocks are equal, whatever was in them before.
            while self.words.last() == Some(&0) {
                self.words.pop();
            }
        }
        was
    }

    pub fn insert_all(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
        self.len = self.words.iter().map(|word| word.count_ones()).sum();
    }
}
