//! Takes the built style, scripts, fonts and marks into the binary; without them pages still work, unstyled.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

#[expect(clippy::disallowed_methods, reason = "what Cargo tells a build script comes this way")]
fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let built = here.join("static/built");
    println!("cargo::rerun-if-changed={}", built.display());
    println!("cargo::rerun-if-changed={}", built.join("manifest.json").display());
    let mut files = Vec::new();
    if built.is_dir() {
        for entry in fs::read_dir(&built)? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path.canonicalize()?);
            }
        }
    }
    files.sort();
    let mut table = String::from("&[\n");
    for path in &files {
        let name = path.file_name().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(table, "    ({:?}, include_bytes!({:?})),", name.to_string_lossy(), path);
    }
    table.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("static.rs"), table)
}
