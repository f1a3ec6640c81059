//! The worker as its caller meets it: data in, a PDF or a status out, and never a word besides.
#![expect(clippy::unwrap_used, reason = "tests")]

#[expect(dead_code, reason = "another test uses the rest")]
mod pages;

use pages::{NASTY, bare, escaped, worker, written};

#[test]
fn what_is_no_page_ends_with_a_status_and_no_word() {
    for input in [&b""[..], b"{}", b"[1", br#"{"language":"en"}"#, &[b' '; 20_000_000]] {
        assert_eq!(worker(input), (Some(2), vec![], vec![]));
    }
}

#[test]
fn the_fonts_licence_goes_with_them() {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_pdf")).arg("--licence").output().unwrap();
    assert!(String::from_utf8(said.stdout).unwrap().contains("Bitstream"));
}

#[test]
fn every_page_of_our_surveys_is_written() {
    for (name, paper) in pages::papers() {
        let pdf = written(&paper);
        for mark in ["/Lang(", "/MarkInfo", "/StructTreeRoot", "/DisplayDocTitle true"] {
            let holds = pdf.windows(mark.len()).any(|window| window == mark.as_bytes());
            assert!(holds, "{name} has no {mark}");
        }
    }
}

#[test]
fn whatever_was_typed_is_text_and_a_pdf_comes_of_it() {
    for text in NASTY {
        let text = escaped(text);
        written(&bare(&format!("<h1>{text}</h1><p>{text}</p><dl><dt>{text}</dt><dd>{text}</dd></dl>")));
    }
}

#[test]
fn the_same_page_makes_the_same_bytes() {
    let paper = bare("<h1>Twice</h1><p>The same</p>");
    assert_eq!(written(&paper), written(&paper));
}

#[test]
fn depth_and_length_have_bounds() {
    let deep = format!("<h1>Deep</h1>{}end{}", "<ul><li><b>".repeat(2000), "</b></li></ul>".repeat(2000));
    written(&bare(&deep));
    written(&bare(&format!("<h1>Long</h1><p>{}</p>", "word ".repeat(20_000))));
    written(&bare(&format!("<h1>Longer</h1><p>{}</p>", "日本 é ".repeat(20_000))));
    written(&bare(&format!("<h1>Wide</h1><p>{}</p>", "w".repeat(20_000))));
}
