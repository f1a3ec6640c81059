//! HTML read as a browser would, into blocks: whatever it holds, the few kinds there are, or text.

use scraper::node::Element;
use scraper::{Html, Node};

use super::{Block, Body, Mark, Rich, Row};
use crate::letters::Letters;

/// How deep elements may lie in each other; below, only their text is taken. Authors need four or five.
const DEEPEST: usize = 16;

/// The blocks of a page.
pub fn body(html: &str, letters: &mut Letters) -> Body {
    let document = Html::parse_fragment(html);
    let mut reader = Reader { letters, body: Body::default(), level: 0, depth: 0, is_inside: false };
    let blocks = reader.blocks(*document.root_element(), Mark::default());
    Body { blocks, ..reader.body }
}

type Tree<'a> = ego_tree::NodeRef<'a, Node>;

struct Reader<'l> {
    letters: &'l mut Letters,
    body: Body,
    /// Of the last heading: the next is at most one deeper.
    level: u16,
    depth: usize,
    /// In a cell or a heading, where no heading may be, nor rows.
    is_inside: bool,
}

/// Blocks that grow, and the paragraph that is being read.
#[derive(Default)]
struct Flow {
    done: Vec<Block>,
    rich: Rich,
    /// White space was met, which matters only if text follows on its line.
    has_space: bool,
}

impl Flow {
    fn text(&mut self, text: &str, mark: Mark) {
        for (index, word) in text.split(is_space).enumerate() {
            self.has_space |= index > 0;
            if word.is_empty() {
                continue;
            }
            if self.has_space && !self.rich.text.is_empty() && !self.rich.text.ends_with('\n') {
                // Between two marks, it is of neither.
                let is_same = self.rich.spans.last().is_some_and(|(_, last)| *last == mark);
                self.rich.push(" ", if is_same { mark } else { Mark::default() });
            }
            self.has_space = false;
            self.rich.push(word, mark);
        }
    }

    fn line_break(&mut self) {
        self.has_space = false;
        if !self.rich.text.is_empty() {
            self.rich.push("\n", Mark::default());
        }
    }

    fn block(&mut self, block: Block) {
        self.paragraph();
        self.done.push(block);
    }

    /// Ends the paragraph, if one began.
    fn paragraph(&mut self) {
        self.has_space = false;
        let mut rich = std::mem::take(&mut self.rich);
        rich.trim_end();
        if !rich.text.is_empty() {
            self.done.push(Block::Paragraph(rich));
        }
    }
}

/// HTML's own white space. Others, as the one that does not break, are characters.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl Reader<'_> {
    fn blocks(&mut self, node: Tree<'_>, mark: Mark) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(node, mark, &mut flow);
        flow.paragraph();
        flow.done
    }

    /// What is in a cell.
    fn inside(&mut self, node: Tree<'_>, mark: Mark) -> Vec<Block> {
        let was = std::mem::replace(&mut self.is_inside, true);
        let blocks = self.blocks(node, mark);
        self.is_inside = was;
        blocks
    }

    fn text(&mut self, text: &str, mark: Mark, flow: &mut Flow) {
        flow.text(&self.letters.printable(text, mark.is_bold, mark.is_italic), mark);
    }

    fn children(&mut self, node: Tree<'_>, mark: Mark, flow: &mut Flow) {
        if self.depth == DEEPEST {
            return self.text(&text_of(node), mark, flow);
        }
        self.depth += 1;
        for child in node.children() {
            match child.value() {
                Node::Text(text) => self.text(&text.text, mark, flow),
                Node::Element(element) => self.element(child, element, mark, flow),
                _ => {}
            }
        }
        self.depth -= 1;
    }

    fn element(&mut self, node: Tree<'_>, element: &Element, mark: Mark, flow: &mut Flow) {
        // Only for those who hear a page: what it repeats stands beside it.
        if element
            .attr("class")
            .is_some_and(|classes| classes.split(is_space).any(|class| class == "ons-u-vh"))
        {
            return;
        }
        let mut mark = mark;
        if let Some(code) = element.attr("lang").filter(|code| is_language(code)) {
            mark.language = number(&mut self.body.languages, code);
        }
        match element.name() {
            "script" | "style" | "template" | "noscript" => return,
            "br" => return flow.line_break(),
            "img" => return self.text(element.attr("alt").unwrap_or_default(), mark, flow),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return self.heading(node, element.name(), mark, flow),
            "ul" | "ol" => return self.list(node, element.name() == "ol", mark, flow),
            "dl" if !self.is_inside => return self.rows(node, mark, flow),
            "aside" => {
                let blocks = self.blocks(node, mark);
                if !blocks.is_empty() {
                    flow.block(Block::Aside(blocks));
                }
                return;
            }
            "sup" => return self.text(&small(&text_of(node), "⁰¹²³⁴⁵⁶⁷⁸⁹"), mark, flow),
            "sub" => return self.text(&small(&text_of(node), "₀₁₂₃₄₅₆₇₈₉"), mark, flow),
            "strong" | "b" | "dt" | "th" => mark.is_bold = true,
            "em" | "i" | "cite" | "dfn" | "var" => mark.is_italic = true,
            "u" | "ins" => mark.is_underlined = true,
            "s" | "del" | "strike" => mark.is_struck = true,
            "a" => {
                if let Some(href) = element.attr("href").filter(|href| leads_outside(href)) {
                    mark.link = number(&mut self.body.links, href);
                }
            }
            _ => {}
        }
        match element.name() {
            "td" | "th" => {
                flow.has_space = true;
                self.children(node, mark, flow);
                flow.has_space = true;
            }
            name if is_block(name) => {
                flow.paragraph();
                self.children(node, mark, flow);
                flow.paragraph();
            }
            _ => self.children(node, mark, flow),
        }
    }

    fn heading(&mut self, node: Tree<'_>, name: &str, mark: Mark, flow: &mut Flow) {
        let blocks = self.inside(node, Mark { is_bold: true, ..mark });
        let texts = blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph(rich) => Some(rich),
            _ => None,
        });
        for rich in texts {
            if self.is_inside {
                flow.block(Block::Paragraph(rich));
                continue;
            }
            // No level may be passed over: readers jump from one to the next.
            let wanted = name[1..].parse().unwrap_or(1);
            self.level = u16::min(wanted, self.level + 1);
            flow.block(Block::Heading(self.level, rich));
        }
    }

    fn list(&mut self, node: Tree<'_>, is_numbered: bool, mark: Mark, flow: &mut Flow) {
        let items = elements(node, &["li"]).map(|(item, _)| self.inside(item, mark));
        let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
        if !items.is_empty() {
            flow.block(Block::List { is_numbered, items });
        }
    }

    /// Terms and what is said of each: a row for a pair. Pairs may be wrapped in a `div`, as HTML allows.
    fn rows(&mut self, node: Tree<'_>, mark: Mark, flow: &mut Flow) {
        let cells = elements(node, &["dt", "dd", "div"]).flat_map(|(child, name)| match name {
            "div" => elements(child, &["dt", "dd"]).collect(),
            name => vec![(child, name)],
        });
        let mut rows: Vec<Row> = Vec::new();
        for (cell, name) in cells {
            let blocks = self.inside(cell, mark);
            match rows.last_mut() {
                Some(row) if name == "dd" => row.said.extend(blocks),
                _ if name == "dd" => rows.push(Row { of: Vec::new(), said: blocks }),
                _ => rows.push(Row { of: blocks, said: Vec::new() }),
            }
        }
        if !rows.is_empty() {
            flow.block(Block::Rows(rows));
        }
    }
}

fn elements<'a>(
    node: Tree<'a>,
    names: &'static [&'static str],
) -> impl Iterator<Item = (Tree<'a>, &'static str)> {
    node.children().filter_map(move |child| {
        let name = child.value().as_element()?.name();
        Some((child, *names.iter().find(|one| **one == name)?))
    })
}

fn text_of(node: Tree<'_>) -> String {
    node.descendants().filter_map(|node| Some(&*node.value().as_text()?.text)).collect()
}

/// Digits raised or lowered; anything else as it is.
fn small(text: &str, digits: &str) -> String {
    let small = |character: char| {
        let digit = character.to_digit(10).and_then(|digit| digits.chars().nth(digit as usize));
        digit.unwrap_or(character)
    };
    text.chars().map(small).collect()
}

/// The place of a text among others, from 1; 0 for more than there are numbers.
fn number(all: &mut Vec<String>, one: &str) -> u16 {
    let at = all.iter().position(|has| has == one).unwrap_or_else(|| {
        all.push(one.to_owned());
        all.len() - 1
    });
    u16::try_from(at + 1).unwrap_or(0)
}

/// Only what cleaning leaves of addresses: to pages, to write and to call.
fn leads_outside(href: &str) -> bool {
    let is_outside = ["https:", "http:", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme));
    is_outside && href.is_ascii() && href.len() < 2000
}

fn is_language(code: &str) -> bool {
    (2..=35).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "blockquote"
            | "caption"
            | "center"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "dd"
            | "figcaption"
            | "figure"
            | "footer"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "nav"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tr"
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "tests")]
    use super::*;
    use crate::letters::Daring;

    fn read(html: &str) -> Body {
        body(html, &mut Letters::new(Daring::All))
    }

    /// Blocks in short: `h1 Title`, `p text`, `* item`, `of: said`.
    fn told(blocks: &[Block]) -> Vec<String> {
        let line = |blocks: &[Block]| told(blocks).join(" / ");
        blocks
            .iter()
            .flat_map(|block| match block {
                Block::Heading(level, rich) => vec![format!("h{level} {}", rich.text)],
                Block::Paragraph(rich) => vec![format!("p {}", rich.text)],
                Block::List { items, .. } => items.iter().map(|item| format!("* {}", line(item))).collect(),
                Block::Rows(rows) => {
                    rows.iter().map(|row| format!("{}: {}", line(&row.of), line(&row.said))).collect()
                }
                Block::Aside(blocks) => vec![format!("| {}", line(blocks))],
            })
            .collect()
    }

    #[test]
    fn markup_becomes_blocks_in_its_order() {
        let html = "<h1>One</h1>\n loose <p>a  <b>b</b>\n c</p><ul><li>x<br>y</li><li><p>z</p></li></ul>\
            <dl><dt>Q</dt><dd>A</dd><div><dt>R</dt><dd><ul><li>1</li></ul></dd></div></dl><aside>so<p>it</p></aside>";
        let expected =
            ["h1 One", "p loose", "p a b c", "* p x\ny", "* p z", "p Q: p A", "p R: * p 1", "| p so / p it"];
        assert_eq!(told(&read(html).blocks), expected);
    }

    #[test]
    fn no_level_of_heading_is_passed_over_and_none_stands_in_a_cell() {
        let html = "<h2>a</h2><h4>b</h4><h2>c</h2><dl><dt><h3>d</h3></dt><dd>e</dd></dl>";
        assert_eq!(told(&read(html).blocks), ["h1 a", "h2 b", "h2 c", "p d: p e"]);
    }

    #[test]
    fn links_lead_outside_or_nowhere_and_text_knows_its_language() {
        let body = read(
            "<p>a <a href='https://x.example/'>b</a> <a href='javascript:c()'>c</a> <i lang='cy'>d</i></p>",
        );
        assert_eq!((body.links.len(), body.languages), (1, vec!["cy".to_owned()]));
        let [Block::Paragraph(rich)] = body.blocks.as_slice() else { panic!("{:?}", body.blocks) };
        let marked: Vec<_> =
            rich.spans.iter().map(|(range, mark)| (&rich.text[range.clone()], mark.link)).collect();
        assert_eq!(marked, [("a ", 0), ("b", 1), (" c ", 0), ("d", 0)]);
    }

    #[test]
    fn what_lies_too_deep_is_text() {
        let deep = format!("{}end", "<ul><li>".repeat(500));
        assert!(format!("{:?}", read(&deep)).contains("end"));
    }

    #[test]
    fn text_of_every_kind_is_text() {
        assert_eq!(
            told(
                &read(
                    "&lt;b&gt; m<sup>2</sup> <script>x</script><table><tr><td>1</td><td>2</td></tr></table>"
                )
                .blocks
            ),
            ["p <b> m²", "p 1 2"]
        );
    }
}
