//! Who asks: at which target, in which languages, at what moment, within which limits.

use std::time::Duration;

use schema::value::{Date, ListItemId, Timestamp};

use crate::page::{Href, Tongue};
use crate::place::Target;

/// One request of a respondent.
pub struct Visitor<'a> {
    pub target: &'a Target,
    pub tongue: Tongue,
    pub moment: Moment,
    pub limits: &'a Limits,
    pub href: &'a Href<'a>,
}

/// All that the engine may not fetch: the time, and the seed of every id it makes.
#[derive(Clone, Copy)]
pub struct Moment {
    pub now: Timestamp,
    pub seed: [u8; 16],
}

impl Moment {
    /// In UTC.
    pub fn today(&self) -> Date {
        jiff::tz::TimeZone::UTC.to_datetime(self.now).date()
    }

    /// The n-th list item id of this moment: six letters, the same each time the same command is applied.
    pub fn item(&self, n: u8) -> ListItemId {
        const LETTERS: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut state = crate::digest::Digest::default();
        state.add(&self.seed);
        state.add(&[n]);
        let mut bits = state.finish();
        let mut id = [0; 6];
        for letter in &mut id {
            *letter = LETTERS[(bits % 52) as usize];
            bits /= 52;
        }
        ListItemId(id)
    }

    /// The n-th UUID of this moment, version 4.
    pub fn uuid(&self, n: u8) -> String {
        let half = |which: u8| {
            let mut state = crate::digest::Digest::default();
            state.add(&self.seed);
            state.add(&[n, which]);
            state.finish()
        };
        let bits = (u128::from(half(0)) << 64) | u128::from(half(1));
        let bits = (bits & !(0xf << 76) & !(0b11 << 62)) | (4 << 76) | (0b10 << 62);
        let hex = format!("{bits:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// The number of the page made at this moment.
    pub fn page(&self) -> u32 {
        let mut state = crate::digest::Digest::default();
        state.add(&self.seed);
        state.finish() as u32
    }
}

/// What the service allows.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For how long after submission a copy of the answers can be seen.
    pub view_for: Duration,
    /// Forms of their own for people of a household; none where nobody takes the requests.
    pub individual: Option<IndividualLimits>,
}

/// How often, and until when, forms of their own may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct IndividualLimits {
    /// A response.
    pub requests: u32,
    /// Until when letters are sent; none: not at all.
    pub post_until: Option<Timestamp>,
}

/// What a page showed, made with it and sent back by it: how `apply` knows what the respondent saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// A digest of the stored answers that the page showed.
    pub seen: u64,
    /// The item that an add page would make.
    pub item: Option<ListItemId>,
    /// The page's own number.
    pub page: u32,
}

impl Shown {
    /// For the page's token: a digest, a page number, and the item it would add.
    pub fn pack(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(18);
        packed.extend_from_slice(&self.seen.to_be_bytes());
        packed.extend_from_slice(&self.page.to_be_bytes());
        if let Some(item) = self.item {
            packed.extend_from_slice(&item.0);
        }
        packed
    }

    /// From the page's token; none when it holds something else.
    pub fn unpack(packed: &[u8]) -> Option<Self> {
        let (seen, rest) = packed.split_first_chunk::<8>()?;
        let (page, item) = rest.split_first_chunk::<4>()?;
        let item = if item.is_empty() { None } else { Some(ListItemId(item.try_into().ok()?)) };
        Some(Self { seen: u64::from_be_bytes(*seen), item, page: u32::from_be_bytes(*page) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_showed_comes_back_as_it_went() {
        for item in [None, Some(ListItemId(*b"abcDEF"))] {
            let shown = Shown { seen: u64::MAX - 1, item, page: 7 };
            assert_eq!(Shown::unpack(&shown.pack()), Some(shown));
        }
        assert_eq!(Shown::unpack(&[0; 13]), None);
    }
}
