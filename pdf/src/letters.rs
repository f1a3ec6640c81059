//! What can be printed of what people typed: the fonts in the binary do not have every character there is, and an
//! accessible PDF may not hold one that it cannot show.

use std::collections::HashSet;
use std::sync::LazyLock;

use skrifa::{FontRef, MetadataProvider as _};
use unicode_segmentation::UnicodeSegmentation as _;

/// Stands for a character that cannot be printed; every font here has it.
pub const BOX: char = '\u{25a1}';

/// The fonts: regular, bold, oblique, bold oblique.
pub fn files() -> [&'static [u8]; 4] {
    [
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
        dejavu::sans_condensed::oblique(),
        dejavu::sans_condensed::bold_oblique(),
    ]
}

/// The characters that each font has.
static HAS: LazyLock<[HashSet<u32>; 4]> = LazyLock::new(|| {
    files().map(|file| {
        let font = FontRef::new(file).ok();
        font.iter().flat_map(|font| font.charmap().mappings().map(|(character, _)| character)).collect()
    })
});

/// How much is dared: each is tried when the one before could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daring {
    /// All that the fonts have.
    All,
    /// Only writing whose letters stand for themselves, one after the other.
    Simple,
    /// Only western European letters.
    Western,
}

impl Daring {
    /// From the most to the least.
    pub const ALL: [Daring; 3] = [Daring::All, Daring::Simple, Daring::Western];

    fn takes(self, character: char) -> bool {
        match self {
            Daring::All => true,
            // Up to the first combining mark; Greek, Cyrillic, Armenian; Latin again; marks and currencies.
            Daring::Simple => matches!(character,
                '\0'..'\u{300}' | '\u{370}'..'\u{483}' | '\u{48a}'..'\u{588}' | '\u{1e00}'..'\u{2000}'
                | '\u{2010}'..'\u{2028}' | '\u{2030}'..'\u{2060}' | '\u{20a0}'..'\u{20c0}' | BOX),
            Daring::Western => matches!(character, '\0'..'\u{180}' | '\u{2010}'..'\u{2028}' | BOX),
        }
    }
}

/// Takes what can be printed of texts, and remembers whether that was all.
pub struct Letters {
    daring: Daring,
    has_boxes: bool,
}

impl Letters {
    #[must_use]
    pub fn new(daring: Daring) -> Self {
        Letters { daring, has_boxes: false }
    }

    /// Whether something had to be left out so far.
    #[must_use]
    pub fn has_boxes(&self) -> bool {
        self.has_boxes
    }

    /// The text with a box for each character, as a reader would count them, that the font has not. What only
    /// controls other characters is dropped; white space stays.
    pub fn printable(&mut self, text: &str, is_bold: bool, is_italic: bool) -> String {
        let font = &HAS[usize::from(is_bold) + 2 * usize::from(is_italic)];
        let is_shown = |character: char| {
            self.daring.takes(character)
                && (character.is_whitespace() || font.contains(&u32::from(character)))
        };
        let mut out = String::with_capacity(text.len());
        let mut has_boxes = false;
        for cluster in text.graphemes(true) {
            let seen = cluster.chars().filter(|&character| !is_control(character));
            if seen.clone().next().is_none() {
                continue;
            }
            if seen.clone().all(is_shown) {
                out.extend(seen);
            } else {
                has_boxes = true;
                out.push(BOX);
            }
        }
        self.has_boxes |= has_boxes;
        out
    }
}

/// What shows nothing of itself: controls, marks of direction, joiners, selectors, tags; line ends that no keyboard
/// has; and what is no character.
fn is_control(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}'))
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(character) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_a_box_each_and_the_rest_stays() {
        let mut letters = Letters::new(Daring::All);
        assert_eq!(letters.printable("Ŵyn Łukasz Ωж £5", false, false), "Ŵyn Łukasz Ωж £5");
        assert!(!letters.has_boxes());
        assert_eq!(letters.printable("田中 👩‍👩‍👧!", false, false), "□□ □!");
        assert!(letters.has_boxes());
    }

    #[test]
    fn what_shows_nothing_is_dropped() {
        let text = "a\u{202e}b\u{feff}\u{0}\u{7f}\u{2028}\u{ffff}c\nd";
        assert_eq!(Letters::new(Daring::All).printable(text, false, false), "abc\nd");
    }

    #[test]
    fn every_font_has_the_box() {
        assert!(HAS.iter().all(|font| font.contains(&u32::from(BOX))));
    }
}
