//! What the worker writes of real pages: PDF/UA-1 by veraPDF's word, read in the page's order.
//!
//! Both need `VERAPDF`, the script `runner/tests/services/verapdf.sh`, once it has installed what it needs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod pages;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use pages::{NASTY, bare, papers, written};

/// The script, where it may be used.
fn verapdf() -> Option<PathBuf> {
    let script = std::env::var_os("VERAPDF").map(PathBuf::from);
    if script.is_none() {
        eprintln!("skipped: VERAPDF does not name runner/tests/services/verapdf.sh");
    }
    script
}

fn run(program: &Path, arguments: &[&Path]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()))
}

#[test]
fn every_pdf_passes_the_profile_of_pdf_ua_1() {
    let Some(verapdf) = verapdf() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let nasty = NASTY.iter().map(|text| format!("<dt>{0}</dt><dd>{0}</dd>", pages::escaped(text)));
    let nasty = bare(&format!("<h1>Nasty</h1><dl>{}</dl>", nasty.collect::<String>()));
    for (name, paper) in papers().into_iter().chain([("nasty".to_owned(), nasty)]) {
        let file = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&file, written(&paper)).unwrap();
        if let Some(kept) = std::env::var_os("KEEP_PDFS") {
            std::fs::copy(&file, Path::new(&kept).join(format!("{name}.pdf"))).unwrap();
        }
        files.push(file);
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let said = run(&verapdf, &files);
    let (out, err) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(said.status.success(), "{out}{err}");
    assert_eq!(out.matches("all pass").count(), files.len(), "{out}{err}");
}

#[test]
fn a_pdf_reads_in_the_order_of_its_page() {
    if verapdf().is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, paper) in papers() {
        let file = folder.path().join("read.pdf");
        std::fs::write(&file, written(&paper)).unwrap();
        // As its tags tell it, which is what a screen reader does.
        let said = run(Path::new("pdfinfo"), &[Path::new("-struct-text"), &file]);
        let said = String::from_utf8_lossy(&said.stdout);
        let quoted = said.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
        let text = words(&quoted.collect::<String>());
        let mut from = 0;
        for wanted in pages::texts(&paper.body) {
            let wanted = words(&wanted);
            let at = text[from..].find(&wanted);
            let at =
                at.unwrap_or_else(|| panic!("{name}: {wanted:?} does not come after {:?}", &text[..from]));
            from += at + wanted.len();
        }
    }
}

/// Without white space: where a line breaks is nobody's words.
fn words(text: &str) -> String {
    text.split_whitespace().collect()
}
