//! Text broken into lines, by `parley`, with the fonts in the binary and no others.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use krilla::text::{GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontStyle, FontWeight,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use crate::letters;
use crate::markup::{Mark, Rich};

const FAMILY: &str = "paper";
/// Longest text that is broken into lines at once, in bytes: `parley` counts with sixteen bits here and there.
const LONGEST: usize = 16_384;

/// How text looks beside its own marks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// In points.
    pub size: f32,
    pub is_bold: bool,
    pub colour: [u8; 3],
}

/// A line: as high as it is, its pieces from left to right.
#[derive(Debug, Default)]
pub struct Line {
    pub height: f32,
    /// From its top.
    pub baseline: f32,
    pub pieces: Vec<Piece>,
}

impl Line {
    /// Where its last piece ends.
    pub fn width(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.x + piece.width)
    }
}

/// Glyphs of one font and one mark.
#[derive(Debug)]
pub struct Piece {
    pub x: f32,
    pub width: f32,
    /// Which of the fonts.
    pub font: usize,
    pub size: f32,
    pub mark: Mark,
    pub colour: [u8; 3],
    pub glyphs: Vec<KrillaGlyph>,
    /// What the glyphs' ranges are in.
    pub text: Arc<str>,
}

/// Sets text.
pub struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<Mark>,
    /// The name that each font's bytes go by.
    names: Vec<u64>,
}

impl Setter {
    pub fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts =
            FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let mut names = Vec::new();
        for file in letters::files() {
            let blob = Blob::new(Arc::new(file));
            names.push(blob.id());
            let own = FontInfoOverride { family_name: Some(FAMILY), ..FontInfoOverride::default() };
            fonts.collection.register_fonts(blob, Some(own));
        }
        Setter { fonts, layouts: LayoutContext::new(), names }
    }

    /// The lines of a text that are at most so wide.
    pub fn lines(&mut self, rich: &Rich, look: Look, width: f32) -> Vec<Line> {
        match rich.cut(LONGEST) {
            Some((first, rest)) => {
                let mut lines = self.lines(&first, look, width);
                lines.append(&mut self.lines(&rest, look, width));
                lines
            }
            None => self.lines_at_once(rich, look, width),
        }
    }

    fn lines_at_once(&mut self, rich: &Rich, look: Look, width: f32) -> Vec<Line> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &rich.text, 1.0, false);
        let family = FontFamily::Single(FontFamilyName::Named(Cow::Borrowed(FAMILY)));
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(look.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.42)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (range, mark) in &rich.spans {
            builder.push(StyleProperty::Brush(*mark), range.clone());
            if mark.is_bold || look.is_bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            if mark.is_italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
            }
        }
        let mut layout = builder.build(&rich.text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        let text: Arc<str> = rich.text.as_str().into();
        layout.lines().map(|line| self.line(&line, look, &text)).collect()
    }

    fn line(&self, line: &parley::layout::Line<'_, Mark>, look: Look, text: &Arc<str>) -> Line {
        let metrics = line.metrics();
        let mut x = metrics.offset;
        let mut pieces: Vec<Piece> = Vec::new();
        for run in line.runs() {
            let (id, size) = (run.font().data.id(), run.font_size());
            let font = self.names.iter().position(|name| *name == id).unwrap_or(0);
            let mut is_new = true;
            for cluster in run.visual_clusters() {
                let range = cluster.text_range();
                if text[range.clone()].contains('\n') {
                    continue;
                }
                if cluster.is_ligature_continuation() {
                    extend(pieces.last_mut(), &range);
                    continue;
                }
                let mark = cluster.first_style().brush;
                let mut piece = match pieces.pop() {
                    Some(piece) if !is_new && piece.mark == mark => piece,
                    other => {
                        pieces.extend(other);
                        let (glyphs, text) = (Vec::new(), Arc::clone(text));
                        Piece { x, width: 0.0, font, size, mark, colour: look.colour, glyphs, text }
                    }
                };
                is_new = false;
                for glyph in cluster.glyphs() {
                    piece.glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance / size,
                        glyph.x / size,
                        glyph.y / size,
                        0.0,
                        range.clone(),
                        None,
                    ));
                    piece.width += glyph.advance;
                    x += glyph.advance;
                }
                pieces.push(piece);
            }
        }
        Line { height: metrics.line_height, baseline: metrics.baseline - metrics.block_min_coord, pieces }
    }
}

/// A letter that shares the last glyph: of a ligature.
fn extend(piece: Option<&mut Piece>, range: &Range<usize>) {
    if let Some(glyph) = piece.and_then(|piece| piece.glyphs.last_mut()) {
        glyph.text_range.start = glyph.text_range.start.min(range.start);
        glyph.text_range.end = glyph.text_range.end.max(range.end);
    }
}
