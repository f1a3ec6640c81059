//! A folder that receives: one file an effect, and its headers beside it.
//!
//! `ID.jwe` (encrypted) or `ID.json` (clear), and `ID.headers.json`. Whoever reads the folder takes effects by
//! their main file: it appears last, whole and flushed, and is never changed after.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Map, Value};

use crate::record::Owed;

/// Writes the effect, unless it is there already.
pub(super) fn keep(folder: &Path, effect: &Owed) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // A compact JWE begins with base64, never with a brace.
    let ending = if effect.bytes.starts_with(b"{") { "json" } else { "jwe" };
    let main = folder.join(format!("{}.{ending}", effect.id));
    if main.exists() {
        return Ok(());
    }
    let headers = effect.headers.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let headers = Value::Object(Map::from_iter(headers)).to_string();
    place(folder, &folder.join(format!("{}.headers.json", effect.id)), headers.as_bytes())?;
    place(folder, &main, &effect.bytes)?;
    // Only the folder's own flush makes the new name outlive a power cut.
    File::open(folder)?.sync_all()
}

/// Under another name first, so that nobody sees half a file.
fn place(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use uuid::Uuid;

    use super::*;
    use crate::record::EffectKind;

    fn effect(bytes: &[u8]) -> Owed {
        let headers = vec![("tx_id".to_owned(), "t".to_owned()), ("qid".to_owned(), "1\"2".to_owned())];
        Owed { id: Uuid::from_u128(1), kind: EffectKind::Submission, headers, bytes: bytes.to_vec() }
    }

    #[test]
    fn an_effect_lies_in_the_folder_once_with_its_headers() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("made/on/demand");
        keep(&inner, &effect(b"{\"a\": 1}")).unwrap();
        keep(&inner, &effect(b"{\"a\": 2}")).unwrap();
        let id = Uuid::from_u128(1);
        assert_eq!(fs::read_to_string(inner.join(format!("{id}.json"))).unwrap(), "{\"a\": 1}");
        let headers = fs::read_to_string(inner.join(format!("{id}.headers.json"))).unwrap();
        assert_eq!(headers, r#"{"tx_id":"t","qid":"1\"2"}"#);
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 2);
    }

    #[test]
    fn what_is_encrypted_is_named_so() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &effect(b"eyJ.a.b.c.d")).unwrap();
        assert!(folder.path().join(format!("{}.jwe", Uuid::from_u128(1))).exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "x").unwrap();
        assert!(keep(&file, &effect(b"{}")).is_err());
    }
}
