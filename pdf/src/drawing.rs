//! Pages as PDF, each piece tagged as part of its element; header, footer and what only pleases the eye are none's.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagTree,
};
use krilla::text::Font;

use crate::layout::{self, Drawn, Element, HAIR, MARGIN, PAGE, Pages, QUIET, Stop};
use crate::letters;
use crate::markup::{Body, Rich};
use crate::setting::{Line, Look, Piece, Setter};

/// What stands around a page's body, with what cannot be printed taken out.
pub struct Around {
    pub language: String,
    pub title: String,
    pub author: String,
    pub survey: String,
    pub page_of: String,
}

/// The file; none where it would not be accessible.
pub fn draw(around: &Around, body: &Body, pages: Pages, setter: &mut Setter) -> Option<Vec<u8>> {
    let configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().ok()?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let fonts =
        letters::files().into_iter().map(|file| Font::new(file.into(), 0)).collect::<Option<Vec<_>>>()?;
    let mut leaves: Vec<Vec<Node>> = (0..pages.leaves).map(|_| Vec::new()).collect();
    let count = pages.pages.len();
    for (index, drawn) in pages.pages.into_iter().enumerate() {
        let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1)?);
        let mut surface = page.surface();
        let mut pen = Pen { surface: &mut surface, fonts: &fonts, body, links: Vec::new() };
        if index > 0 {
            pen.aside(setter, &around.survey, ArtifactType::Header, 46.0, false);
            pen.bar(MARGIN, 56.0, PAGE.0 - 2.0 * MARGIN, 0.5, HAIR);
        }
        for one in drawn {
            match one {
                Drawn::Bar { x, y, width, height, colour } => pen.bar(x, y, width, height, colour),
                Drawn::Line { leaf, x, y, line } => pen.line(&line, (x, y), leaf, &mut leaves[leaf]),
            }
        }
        let numbers = around.page_of.replace("{pages}", &count.to_string());
        let numbers = numbers.replace("{page}", &(index + 1).to_string());
        pen.bar(MARGIN, PAGE.1 - 52.0, PAGE.0 - 2.0 * MARGIN, 0.5, HAIR);
        pen.aside(setter, &around.author, ArtifactType::Footer, PAGE.1 - 38.0, false);
        pen.aside(setter, &numbers, ArtifactType::Footer, PAGE.1 - 38.0, true);
        let links = pen.links;
        surface.finish();
        for Link { leaf, at, text, area, href, said } in links {
            let action = Target::Action(Action::Link(LinkAction::new(href)));
            let annotation = Annotation::new_link(LinkAnnotation::new(area, action), Some(said));
            let annotation = page.add_tagged_annotation(annotation);
            let group = TagGroup::with_children(Tag::Link, vec![text.into(), annotation.into()]);
            leaves[leaf][at] = group.into();
        }
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(around.language.clone()));
    let mut leaves = Leaves(leaves);
    for element in pages.elements {
        if let Some(group) = leaves.group(element) {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&pages.stops));
    document.set_metadata(
        Metadata::new()
            .title(around.title.clone())
            .authors(vec![around.author.clone()])
            .language(around.language.clone())
            .creator("Canvass".to_owned()),
    );
    document.finish().ok()
}

/// A link's text, to be joined with its place on the page.
struct Link {
    leaf: usize,
    /// Where in its leaf.
    at: usize,
    text: Identifier,
    area: Rect,
    href: String,
    said: String,
}

struct Pen<'a, 'p> {
    surface: &'a mut Surface<'p>,
    fonts: &'a [Font],
    body: &'a Body,
    /// Of this page.
    links: Vec<Link>,
}

impl Pen<'_, '_> {
    fn colour(&mut self, [red, green, blue]: [u8; 3]) {
        let paint = rgb::Color::new(red, green, blue).into();
        self.surface.set_fill(Some(Fill { paint, ..Fill::default() }));
    }

    /// A bar that nobody hears of.
    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, colour: [u8; 3]) {
        let mut path = PathBuilder::new();
        let Some(area) = Rect::from_xywh(x, y, width, height) else { return };
        path.push_rect(area);
        let Some(path) = path.finish() else { return };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.colour(colour);
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }

    fn glyphs(&mut self, piece: &Piece, x: f32, y: f32) {
        self.colour(if piece.mark.link > 0 { layout::ACCENT } else { piece.colour });
        let start = Point::from_xy(x + piece.x, y);
        self.surface.draw_glyphs(
            start,
            &piece.glyphs,
            self.fonts[piece.font].clone(),
            &piece.text,
            piece.size,
            false,
        );
    }

    /// One line of what stands on every page.
    fn aside(&mut self, setter: &mut Setter, text: &str, kind: ArtifactType, y: f32, is_right: bool) {
        let look = Look { size: 8.5, is_bold: false, colour: QUIET };
        let width = (PAGE.0 - 2.0 * MARGIN) * 0.75;
        let lines = setter.lines(&Rich::plain(text.to_owned()), look, width);
        let Some(line) = lines.first() else { return };
        let x = if is_right { PAGE.0 - MARGIN - line.width() } else { MARGIN };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        for piece in &line.pieces {
            self.glyphs(piece, x, y);
        }
        self.surface.end_tagged();
    }

    /// A line of a leaf: a span for each run of pieces that lead to the same place in the same language.
    fn line(&mut self, line: &Line, (x, y): (f32, f32), leaf: usize, nodes: &mut Vec<Node>) {
        for run in
            line.pieces.chunk_by(|a, b| (a.mark.link, a.mark.language) == (b.mark.link, b.mark.language))
        {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            let language =
                usize::from(first.mark.language).checked_sub(1).and_then(|at| self.body.languages.get(at));
            let tag = SpanTag::empty().with_lang(language.map(String::as_str));
            let id = self.surface.start_tagged(ContentTag::Span(tag));
            for piece in run {
                self.glyphs(piece, x, y);
            }
            self.surface.end_tagged();
            for piece in run {
                let thickness = piece.size / 16.0;
                if piece.mark.is_underlined || piece.mark.link > 0 {
                    self.bar(x + piece.x, y + piece.size * 0.14, piece.width, thickness, piece_colour(piece));
                }
                if piece.mark.is_struck {
                    self.bar(x + piece.x, y - piece.size * 0.27, piece.width, thickness, piece_colour(piece));
                }
            }
            let href = usize::from(first.mark.link).checked_sub(1).and_then(|at| self.body.links.get(at));
            let width = last.x + last.width - first.x;
            let area = Rect::from_xywh(x + first.x, y - first.size, width, first.size * 1.3);
            if let (Some(href), Some(area)) = (href, area) {
                let (href, said) = (href.clone(), said(run));
                self.links.push(Link { leaf, at: nodes.len(), text: id, area, href, said });
            }
            nodes.push(id.into());
        }
    }
}

fn piece_colour(piece: &Piece) -> [u8; 3] {
    if piece.mark.link > 0 { layout::ACCENT } else { piece.colour }
}

/// The text of pieces.
fn said(run: &[Piece]) -> String {
    let mut said = String::new();
    for glyph in run
        .iter()
        .flat_map(|piece| piece.glyphs.iter().map(move |glyph| &piece.text[glyph.text_range.clone()]))
    {
        said.push_str(glyph);
    }
    said.trim().to_owned()
}

/// What each leaf is made of, until an element takes it.
struct Leaves(Vec<Vec<Node>>);

impl Leaves {
    fn take(&mut self, leaf: usize) -> Vec<Node> {
        std::mem::take(&mut self.0[leaf])
    }

    fn groups(&mut self, elements: Vec<Element>) -> Vec<Node> {
        elements.into_iter().filter_map(|element| self.group(element)).map(Node::Group).collect()
    }

    /// None for what has nothing in it.
    fn group(&mut self, element: Element) -> Option<TagGroup> {
        let group = match element {
            Element::Heading(level, text, leaf) => {
                let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                TagGroup::with_children(Tag::Hn(level, Some(text)), self.take(leaf))
            }
            Element::Paragraph(leaf) => TagGroup::with_children(Tag::P, self.take(leaf)),
            Element::List { is_numbered, items } => {
                let numbering = if is_numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
                let items = items.into_iter().map(|(marker, elements)| {
                    let marker = TagGroup::with_children(Tag::Lbl, self.take(marker));
                    let body = TagGroup::with_children(Tag::LBody, self.groups(elements));
                    TagGroup::with_children(Tag::LI, vec![marker.into(), body.into()]).into()
                });
                TagGroup::with_children(Tag::L(numbering), items.collect())
            }
            Element::Table(rows) => {
                let rows = rows.into_iter().map(|(of, said)| {
                    let of = TagGroup::with_children(Tag::TH(TableHeaderScope::Row), self.groups(of));
                    let said = TagGroup::with_children(Tag::TD, self.groups(said));
                    TagGroup::with_children(Tag::TR, vec![of.into(), said.into()]).into()
                });
                TagGroup::with_children(Tag::Table, rows.collect())
            }
            Element::Aside(elements) => TagGroup::with_children(Tag::Div, self.groups(elements)),
        };
        (!group.children.is_empty()).then_some(group)
    }
}

/// Headings by level, each below the last that is higher.
fn outline(stops: &[Stop]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = stops;
    while let Some((node, after)) = node(rest) {
        outline.push_child(node);
        rest = after;
    }
    outline
}

fn node(stops: &[Stop]) -> Option<(OutlineNode, &[Stop])> {
    let (first, mut rest) = stops.split_first()?;
    let place = XyzDestination::new(first.page, Point::from_xy(MARGIN, first.y));
    let mut one = OutlineNode::new(first.text.clone(), place).with_open(true);
    while rest.first().is_some_and(|next| next.level > first.level) {
        let (child, after) = node(rest)?;
        one.push_child(child);
        rest = after;
    }
    Some((one, rest))
}
