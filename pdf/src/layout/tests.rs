#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;

fn rich(text: &str) -> Rich {
    Rich::plain(text.to_owned())
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(rich(text))
}

fn laid_out(blocks: Vec<Block>) -> Pages {
    lay_out("An office", "A survey", &Body { blocks, ..Body::default() }, None, &mut Setter::new())
}

/// Page and height of every line of a leaf.
fn places(pages: &Pages, wanted: usize) -> Vec<(usize, f32)> {
    let lines = pages.pages.iter().enumerate().flat_map(|(page, drawn)| {
        drawn.iter().filter_map(move |one| match one {
            Drawn::Line { leaf, y, .. } if *leaf == wanted => Some((page, *y)),
            _ => None,
        })
    });
    lines.collect()
}

fn leaf_of(elements: &[Element]) -> usize {
    let Some(Element::Paragraph(leaf)) = elements.first() else { return usize::MAX };
    *leaf
}

#[test]
fn a_row_that_is_higher_than_a_page_goes_on_beside_itself() {
    let long = "word ".repeat(3000);
    let row = Row { of: vec![paragraph("What?")], said: vec![paragraph(&long)] };
    let pages = laid_out(vec![Block::Heading(1, rich("Title")), Block::Rows(vec![row])]);
    let Some(Element::Table(rows)) = pages.elements.last() else { unreachable!() };
    let (of, said) = (places(&pages, leaf_of(&rows[0].0)), places(&pages, leaf_of(&rows[0].1)));
    assert_eq!((of.len(), of[0]), (1, said[0]), "both begin at the same height");
    assert!(pages.pages.len() >= 3, "{}", pages.pages.len());
    assert!(said.is_sorted(), "line below line, page after page");
    assert!(said.iter().all(|(_, y)| (TOP..BOTTOM).contains(y)));
    assert_eq!(said.iter().map(|(page, _)| *page).max(), Some(pages.pages.len() - 1));
}

#[test]
fn a_short_row_stands_on_one_page() {
    let said = |number: usize| vec![paragraph(&vec!["line"; number % 5 + 1].join("\n"))];
    let rows = (0..80).map(|number| Row { of: vec![paragraph("What?")], said: said(number) });
    let pages = laid_out(vec![Block::Rows(rows.collect())]);
    let Some(Element::Table(rows)) = pages.elements.last() else { unreachable!() };
    for (number, (_, said)) in rows.iter().enumerate() {
        let lines = places(&pages, leaf_of(said));
        assert_eq!(lines.len(), number % 5 + 1);
        assert!(lines.iter().all(|(page, _)| *page == lines[0].0), "{lines:?}");
    }
}

#[test]
fn a_heading_stands_on_the_page_of_what_it_is_about() {
    for fill in 30..60 {
        let mut blocks = vec![paragraph(&vec!["line"; fill].join("\n"))];
        blocks.extend([Block::Heading(1, rich("Title")), paragraph("About it")]);
        let pages = laid_out(blocks);
        let after = places(&pages, leaf_of(&pages.elements[pages.elements.len() - 1..]));
        assert_eq!(pages.stops.last().unwrap().page, after[0].0, "after {fill} lines");
    }
}

#[test]
fn a_cell_that_says_nothing_is_a_dash() {
    let pages = laid_out(vec![Block::Rows(vec![Row { of: vec![paragraph("What?")], said: vec![] }])]);
    let Some(Element::Table(rows)) = pages.elements.last() else { unreachable!() };
    assert_eq!(places(&pages, leaf_of(&rows[0].1)).len(), 1);
}
