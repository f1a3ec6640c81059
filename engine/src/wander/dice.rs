//! Chance from a seed: the same throws for the same seed, on every machine. Not for secrets.

/// SplitMix64.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`; zero where there is nothing below.
    pub fn below(&mut self, end: usize) -> usize {
        match u64::try_from(end) {
            Ok(end) if end > 0 => usize::try_from(self.throw() % end).unwrap_or(0),
            _ => 0,
        }
    }

    /// Between two numbers, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).max(0).saturating_add(1);
        least.saturating_add((self.throw() % span.unsigned_abs()).cast_signed())
    }

    /// Whether one of `of` equally likely things happens.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same() {
        let throws = |seed| {
            let mut dice = Dice::new(seed);
            [0; 8].map(|_| dice.below(6))
        };
        assert_eq!(throws(7), throws(7));
        assert_ne!(throws(7), throws(8));
    }

    #[test]
    fn a_throw_lies_within_its_bounds() {
        let mut dice = Dice::new(1);
        for _ in 0..1000 {
            assert!((-3..=3).contains(&dice.between(-3, 3)));
        }
        assert_eq!(dice.between(5, 5), 5);
        assert_eq!(dice.below(0), 0);
        dice.between(i64::MIN, i64::MAX);
    }
}
