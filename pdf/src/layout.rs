//! Blocks onto pages: what stands where, which pieces make up which element, and what the elements are.
//!
//! A block is cut into strips, a line or a gap each, which no page breaks; a row is two columns of strips side by side.
//! Nothing is drawn yet, so that the number of pages is known when the first is.

use crate::markup::{Block, Body, Rich, Row};
use crate::setting::{Line, Look, Setter};

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// Left and right of the text.
pub const MARGIN: f32 = 62.0;
const TOP: f32 = 72.0;
const BOTTOM: f32 = PAGE.1 - 72.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Between the columns of a row.
const GUTTER: f32 = 18.0;
/// Of a row's width, what its first column has.
const FIRST: f32 = 0.42;
const INDENT: f32 = 14.0;
/// Between blocks.
const GAP: f32 = 6.0;
/// Above and below what stands in a row.
const PADDING: f32 = 5.5;
/// A row that is not higher stands on one page.
const WHOLE: f32 = (BOTTOM - TOP) / 3.0;
/// What must follow a heading on its page.
const FOLLOWS: f32 = 56.0;

pub const INK: [u8; 3] = [34, 34, 34];
pub const QUIET: [u8; 3] = [89, 89, 89];
pub const ACCENT: [u8; 3] = [27, 77, 92];
pub const HAIR: [u8; 3] = [188, 188, 189];

const TEXT: Look = Look { size: 10.0, is_bold: false, colour: INK };
const SMALL: Look = Look { size: 8.5, is_bold: false, colour: QUIET };

/// What an element is, and what it is made of.
#[derive(Debug)]
pub enum Element {
    Heading(u16, String, usize),
    Paragraph(usize),
    List { is_numbered: bool, items: Vec<(usize, Vec<Element>)> },
    Table(Vec<(Vec<Element>, Vec<Element>)>),
    Aside(Vec<Element>),
}

/// What is drawn at a place of a page.
#[derive(Debug)]
pub enum Drawn {
    /// A line of text, of a leaf.
    Line { leaf: usize, x: f32, y: f32, line: Line },
    /// What only pleases the eye.
    Bar { x: f32, y: f32, width: f32, height: f32, colour: [u8; 3] },
}

/// Where a heading stands.
#[derive(Debug)]
pub struct Stop {
    pub level: u16,
    pub text: String,
    pub page: usize,
    pub y: f32,
}

#[derive(Debug, Default)]
pub struct Pages {
    pub pages: Vec<Vec<Drawn>>,
    pub elements: Vec<Element>,
    pub leaves: usize,
    pub stops: Vec<Stop>,
}

/// So much of a column as no page breaks.
#[derive(Debug, Default)]
struct Strip {
    height: f32,
    is_gap: bool,
    /// From its own top.
    drawn: Vec<Drawn>,
}

/// Lays a page's body out, below whose survey it is.
pub fn lay_out(owner: &str, survey: &str, body: &Body, note: Option<String>, setter: &mut Setter) -> Pages {
    let mut layout = Layout { setter, done: Pages { pages: vec![vec![]], ..Pages::default() }, y: TOP };
    layout.lead(owner, survey);
    for block in &body.blocks {
        layout.block(block);
    }
    if let Some(note) = note {
        layout.skip(3.0 * GAP);
        layout.paragraph(&Rich::plain(note), SMALL);
    }
    layout.done
}

struct Layout<'s> {
    setter: &'s mut Setter,
    done: Pages,
    y: f32,
}

impl Layout<'_> {
    fn leaf(&mut self) -> usize {
        self.done.leaves += 1;
        self.done.leaves - 1
    }

    fn page(&mut self) -> &mut Vec<Drawn> {
        if self.done.pages.is_empty() {
            self.done.pages.push(vec![]);
        }
        let last = self.done.pages.len() - 1;
        &mut self.done.pages[last]
    }

    fn new_page(&mut self) {
        self.done.pages.push(vec![]);
        self.y = TOP;
    }

    fn skip(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Starts another page if so much has no room on this one.
    fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_page();
        }
    }

    fn lead(&mut self, owner: &str, survey: &str) {
        for (text, look) in
            [(owner, Look { colour: QUIET, ..TEXT }), (survey, Look { size: 11.0, is_bold: true, ..TEXT })]
        {
            if !text.is_empty() {
                self.paragraph(&Rich::plain(text.to_owned()), look);
            }
        }
        self.skip(2.0 * GAP);
    }

    fn paragraph(&mut self, rich: &Rich, look: Look) {
        let leaf = self.leaf();
        let strips = self.text(rich, look, leaf, MARGIN, WIDTH);
        self.place(strips);
        self.done.elements.push(Element::Paragraph(leaf));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, rich) => self.heading(*level, rich),
            Block::Rows(rows) => self.rows(rows),
            block => {
                let mut elements = Vec::new();
                let strips = self.strips(std::slice::from_ref(block), TEXT, MARGIN, WIDTH, &mut elements);
                self.place(strips);
                self.done.elements.append(&mut elements);
                self.skip(GAP);
            }
        }
    }

    fn heading(&mut self, level: u16, rich: &Rich) {
        let (size, above, below, colour) = match level {
            1 => (19.0, 4.0, 10.0, ACCENT),
            2 => (14.0, 18.0, 7.0, ACCENT),
            3 => (11.5, 14.0, 5.0, INK),
            _ => (10.0, 10.0, 4.0, INK),
        };
        let leaf = self.leaf();
        let strips = self.text(rich, Look { size, is_bold: true, colour }, leaf, MARGIN, WIDTH);
        let height: f32 = strips.iter().map(|strip| strip.height).sum();
        self.need(above + height + below + FOLLOWS);
        self.skip(above);
        let text = rich.text.replace('\n', " ");
        let page = self.done.pages.len() - 1;
        self.done.stops.push(Stop { level, text: text.clone(), page, y: self.y });
        self.place(strips);
        self.skip(below);
        self.done.elements.push(Element::Heading(level, text, leaf));
    }

    /// A text's lines.
    fn text(&mut self, rich: &Rich, look: Look, leaf: usize, x: f32, width: f32) -> Vec<Strip> {
        let lines = self.setter.lines(rich, look, width);
        let strip = |line: Line| {
            let (height, y) = (line.height, line.baseline);
            Strip { height, is_gap: false, drawn: vec![Drawn::Line { leaf, x, y, line }] }
        };
        lines.into_iter().map(strip).collect()
    }

    /// Blocks below each other in a column, with gaps between.
    fn strips(
        &mut self,
        blocks: &[Block],
        look: Look,
        x: f32,
        width: f32,
        elements: &mut Vec<Element>,
    ) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        for block in blocks {
            if !strips.is_empty() {
                strips.push(Strip { height: GAP, is_gap: true, drawn: vec![] });
            }
            match block {
                Block::Paragraph(rich) | Block::Heading(_, rich) => {
                    let leaf = self.leaf();
                    strips.append(&mut self.text(rich, look, leaf, x, width));
                    elements.push(Element::Paragraph(leaf));
                }
                Block::List { is_numbered, items } => {
                    let mut told = Vec::new();
                    for (number, item) in (1..).zip(items) {
                        if number > 1 {
                            strips.push(Strip { height: GAP / 2.0, is_gap: true, drawn: vec![] });
                        }
                        strips.append(&mut self.item(
                            *is_numbered,
                            number,
                            item,
                            (look, x, width),
                            &mut told,
                        ));
                    }
                    elements.push(Element::List { is_numbered: *is_numbered, items: told });
                }
                Block::Aside(blocks) => {
                    let mut told = Vec::new();
                    let inner = self.strips(blocks, look, x + INDENT, width - INDENT, &mut told);
                    strips.extend(inner.into_iter().map(|mut strip| {
                        let height = strip.height;
                        strip.drawn.push(Drawn::Bar { x, y: 0.0, width: 2.0, height, colour: ACCENT });
                        strip
                    }));
                    elements.push(Element::Aside(told));
                }
                // Only at the top of a page's body: see `markup`.
                Block::Rows(rows) => {
                    for row in rows {
                        strips.append(&mut self.strips(&row.of, look, x, width, elements));
                        strips.append(&mut self.strips(&row.said, look, x, width, elements));
                    }
                }
            }
        }
        strips
    }

    /// An item of a list, its marker before its first line.
    fn item(
        &mut self,
        is_numbered: bool,
        number: usize,
        item: &[Block],
        (look, x, width): (Look, f32, f32),
        told: &mut Vec<(usize, Vec<Element>)>,
    ) -> Vec<Strip> {
        let leaf = self.leaf();
        let marker = if is_numbered { format!("{number}.") } else { "•".to_owned() };
        let indent = if is_numbered { INDENT + 6.0 } else { INDENT };
        let marker = self.text(&Rich::plain(marker), Look { colour: QUIET, ..look }, leaf, x, indent);
        let mut elements = Vec::new();
        let mut strips = self.strips(item, look, x + indent, width - indent, &mut elements);
        if let (Some(first), Some(marker)) = (strips.first_mut(), marker.into_iter().next()) {
            first.drawn.splice(0..0, marker.drawn);
        }
        told.push((leaf, elements));
        strips
    }

    fn rows(&mut self, rows: &[Row]) {
        let first = (WIDTH - GUTTER) * FIRST;
        let second = (MARGIN + first + GUTTER, WIDTH - GUTTER - first);
        let mut told = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let (mut of, mut said) = (Vec::new(), Vec::new());
            let left = self.strips(or_dash(&row.of), Look { colour: QUIET, ..TEXT }, MARGIN, first, &mut of);
            let right = self.strips(or_dash(&row.said), TEXT, second.0, second.1, &mut said);
            self.row([left, right], number == 0);
            told.push((of, said));
        }
        self.done.elements.push(Element::Table(told));
        self.skip(2.0 * GAP);
    }

    fn hair(&mut self) {
        let bar = Drawn::Bar { x: MARGIN, y: self.y, width: WIDTH, height: 0.5, colour: HAIR };
        self.page().push(bar);
    }

    /// Both columns from the same height on, on as many pages as they need.
    fn row(&mut self, columns: [Vec<Strip>; 2], is_first: bool) {
        let height = |strips: &[Strip]| strips.iter().map(|strip| strip.height).sum::<f32>();
        let whole = height(&columns[0]).max(height(&columns[1])) + 2.0 * PADDING;
        let lines = columns.iter().filter_map(|strips| strips.first()).map(|strip| strip.height);
        let least = lines.fold(0.0, f32::max) + 2.0 * PADDING;
        self.need(if whole <= WHOLE { whole } else { least });
        // At the top of a later page, the line below its header will do.
        if is_first && self.y > TOP {
            self.hair();
        }
        let mut columns = columns.map(|strips| strips.into_iter().peekable());
        loop {
            let top = self.y + PADDING;
            let mut end = top;
            for column in &mut columns {
                let mut y = top;
                // One that is higher than a page is cut off there rather than never placed.
                while let Some(strip) = column
                    .next_if(|strip| y + strip.height + PADDING <= BOTTOM || (top < TOP + 10.0 && y == top))
                {
                    if strip.is_gap && y == top {
                        continue;
                    }
                    self.draw(strip.drawn, y);
                    y += strip.height;
                }
                end = end.max(y);
            }
            self.y = end + PADDING;
            if columns.iter_mut().all(|column| column.peek().is_none()) {
                break;
            }
            self.new_page();
        }
        self.hair();
    }

    fn draw(&mut self, drawn: Vec<Drawn>, below: f32) {
        for mut one in drawn {
            match &mut one {
                Drawn::Line { y, .. } | Drawn::Bar { y, .. } => *y += below,
            }
            self.page().push(one);
        }
    }

    fn place(&mut self, strips: Vec<Strip>) {
        for strip in strips {
            self.need(strip.height);
            if strip.is_gap && self.y == TOP {
                continue;
            }
            self.draw(strip.drawn, self.y);
            self.y += strip.height;
        }
    }
}

/// A cell that says nothing says so: a table has no holes.
fn or_dash(blocks: &[Block]) -> &[Block] {
    static DASH: std::sync::LazyLock<[Block; 1]> =
        std::sync::LazyLock::new(|| [Block::Paragraph(Rich::plain("–".to_owned()))]);
    if blocks.is_empty() { &*DASH } else { blocks }
}

#[cfg(test)]
mod tests;
