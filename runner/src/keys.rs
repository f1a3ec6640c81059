//! The key file and the secrets file, in eQ's formats, and development keys made on the spot.
//!
//! Source: spec/03 §11.

use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::Path;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{
    KeyPair, KeySize, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey,
};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::secret::SecretString;

/// What a key may be used for. A key of one purpose never serves another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Launch tokens and flush tokens.
    Authentication,
    /// What leaves for the receiver of submissions.
    Submission,
    /// Supplementary data from its service.
    SupplementaryData,
}

/// A private RSA key: opens what was encrypted to it, and signs.
pub struct PrivateKey {
    /// Its name in the key file; goes into the header of what it signs.
    pub kid: String,
    pub(crate) decrypting: OaepPrivateDecryptingKey,
    pub(crate) signing: KeyPair,
}

/// A public RSA key: encrypts, and checks signatures.
pub struct PublicKey {
    /// Its name in the key file; goes into the header of what is encrypted to it.
    pub kid: String,
    pub(crate) encrypting: OaepPublicEncryptingKey,
    pub(crate) verifying: ParsedPublicKey,
}

/// All keys of one key file, in the file's order.
#[derive(Default)]
pub struct Keys {
    private: Vec<(Purpose, PrivateKey)>,
    public: Vec<(Purpose, PublicKey)>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} private …, {} public …)", self.private.len(), self.public.len())
    }
}

/// Why a key file or a secrets file cannot be used. Names the key, never its value.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file is not there or cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Not YAML, or not of the expected shape. The reader's own message might quote a key, so only the
    /// place is kept.
    #[error("is not a file of this kind (line {line})")]
    Malformed {
        /// Where reading stopped, from 1; 0 when the reader could not tell.
        line: u64,
    },
    /// The PEM under this key id is not an RSA key of 2048 to 8192 bits of the type it says.
    #[error("key `{kid}` is not an RSA key of the type it claims")]
    NotAKey {
        /// The key's id.
        kid: String,
    },
    /// A secret that must be there is not.
    #[error("secret `{name}` is missing")]
    Missing {
        /// The secret's name.
        name: &'static str,
    },
}

#[derive(Deserialize)]
struct KeysFile {
    keys: IndexMap<String, KeyEntry>,
}

/// `service`, `platform`, `use` and `version` are there too and mean nothing here.
#[derive(Deserialize)]
struct KeyEntry {
    purpose: Purpose,
    r#type: KeyType,
    value: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeyType {
    Public,
    Private,
}

impl Keys {
    /// Reads a key file: `keys: {kid: {purpose, type, value: PEM, …}}`.
    ///
    /// # Errors
    /// [`KeyFileError::Malformed`] or [`KeyFileError::NotAKey`].
    pub fn parse(yaml: &str) -> Result<Keys, KeyFileError> {
        let file: KeysFile = serde_saphyr::from_str(yaml).map_err(malformed)?;
        let mut keys = Keys::default();
        for (kid, entry) in file.keys {
            let der = pem_to_der(entry.value.expose());
            let rejected = || KeyFileError::NotAKey { kid: kid.clone() };
            let der = der.ok_or_else(rejected)?;
            match entry.r#type {
                KeyType::Private => {
                    let key = private_key(kid.clone(), &der).ok_or_else(rejected)?;
                    keys.private.push((entry.purpose, key));
                }
                KeyType::Public => {
                    let key = public_key(kid.clone(), &der).ok_or_else(rejected)?;
                    keys.public.push((entry.purpose, key));
                }
            }
        }
        Ok(keys)
    }

    /// Reads a key file from disk.
    ///
    /// # Errors
    /// As [`Keys::parse`], or [`KeyFileError::Unreadable`].
    pub fn read(path: &Path) -> Result<Keys, KeyFileError> {
        Keys::parse(&fs::read_to_string(path)?)
    }

    /// The private key of this id, if it has this purpose.
    #[must_use]
    pub fn private(&self, purpose: Purpose, kid: &str) -> Option<&PrivateKey> {
        self.private.iter().find(|(p, key)| *p == purpose && key.kid == kid).map(|(_, key)| key)
    }

    /// The public key of this id, if it has this purpose.
    #[must_use]
    pub fn public(&self, purpose: Purpose, kid: &str) -> Option<&PublicKey> {
        self.public.iter().find(|(p, key)| *p == purpose && key.kid == kid).map(|(_, key)| key)
    }

    /// The first private key of this purpose: what signs submissions.
    #[must_use]
    pub fn first_private(&self, purpose: Purpose) -> Option<&PrivateKey> {
        self.private.iter().find(|(p, _)| *p == purpose).map(|(_, key)| key)
    }

    /// The first public key of this purpose: what submissions are encrypted to.
    #[must_use]
    pub fn first_public(&self, purpose: Purpose) -> Option<&PublicKey> {
        self.public.iter().find(|(p, _)| *p == purpose).map(|(_, key)| key)
    }
}

fn private_key(kid: String, der: &[u8]) -> Option<PrivateKey> {
    // `from_der` reads the older PKCS#1 form, which the published development keys have.
    let signing = KeyPair::from_pkcs8(der).or_else(|_| KeyPair::from_der(der)).ok()?;
    let pkcs8: Pkcs8V1Der<'_> = signing.as_der().ok()?;
    let decrypting = PrivateDecryptingKey::from_pkcs8(pkcs8.as_ref()).ok()?;
    Some(PrivateKey { kid, decrypting: OaepPrivateDecryptingKey::new(decrypting).ok()?, signing })
}

fn public_key(kid: String, der: &[u8]) -> Option<PublicKey> {
    let encrypting = OaepPublicEncryptingKey::new(PublicEncryptingKey::from_der(der).ok()?).ok()?;
    let verifying = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der).ok()?;
    Some(PublicKey { kid, encrypting, verifying })
}

fn pem_to_der(pem: &str) -> Option<zeroize::Zeroizing<Vec<u8>>> {
    let mut lines = pem.lines().map(str::trim).filter(|line| !line.is_empty());
    let label = lines.next()?.strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
    let end = format!("-----END {label}-----");
    let mut body = zeroize::Zeroizing::new(String::new());
    for line in lines {
        if line == end {
            return STANDARD.decode(body.as_bytes()).ok().map(zeroize::Zeroizing::new);
        }
        body.push_str(line);
    }
    None
}

/// The reader's error without its text: a snippet of the file might show a key.
#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn malformed(error: serde_saphyr::Error) -> KeyFileError {
    KeyFileError::Malformed { line: error.location().map_or(0, |place| place.line()) }
}

/// The secrets that the service uses; others in the file are left alone.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// Seals cookies and signs page tokens.
    pub secret_key: SecretString,
    /// Seals responses at rest.
    pub pepper: SecretString,
    /// Signs requests to the address look-up, when that wants it.
    pub address_lookup: Option<SecretString>,
}

#[derive(Deserialize)]
struct SecretsFile {
    secrets: IndexMap<String, SecretString>,
}

impl Secrets {
    /// Reads a secrets file: `secrets: {NAME: value}`.
    ///
    /// # Errors
    /// [`KeyFileError::Malformed`] or [`KeyFileError::Missing`].
    pub fn parse(yaml: &str) -> Result<Secrets, KeyFileError> {
        const PEPPER: &str = "EQ_SERVER_SIDE_STORAGE_ENCRYPTION_USER_PEPPER";
        let mut file: SecretsFile = serde_saphyr::from_str(yaml).map_err(malformed)?;
        let mut take = |name| file.secrets.swap_remove(name).ok_or(KeyFileError::Missing { name });
        Ok(Secrets {
            secret_key: take("EQ_SECRET_KEY")?,
            pepper: take(PEPPER)?,
            address_lookup: take("ADDRESS_LOOKUP_API_AUTH_TOKEN_SECRET").ok(),
        })
    }

    /// Reads a secrets file from disk.
    ///
    /// # Errors
    /// As [`Secrets::parse`], or [`KeyFileError::Unreadable`].
    pub fn read(path: &Path) -> Result<Secrets, KeyFileError> {
        Secrets::parse(&fs::read_to_string(path)?)
    }
}

/// What the demonstration runs on.
#[derive(Debug)]
pub struct Development {
    /// The runner's own keys.
    pub keys: Keys,
    /// The launcher's: its private key signs tokens, its public keys are the runner's, for tokens and for supplementary
    /// data.
    pub launcher: Keys,
    /// Random secrets.
    pub secrets: Secrets,
}

/// Development keys and secrets, kept in `folder` (`keys.yml`, `launcher.yml`, `secrets.yml`) so that what
/// was saved can be opened after a restart; made there, readable by the owner only, when absent.
///
/// # Errors
/// As [`Keys::read`], or when the folder cannot be written.
pub fn development(folder: &Path) -> Result<Development, KeyFileError> {
    let files = ["keys.yml", "launcher.yml", "secrets.yml"].map(|name| folder.join(name));
    if !files.iter().all(|file| file.exists()) {
        fs::create_dir_all(folder)?;
        let made = make_development().map_err(|_| io::Error::other("no keys could be made"))?;
        for (file, text) in files.iter().zip(&made) {
            write_private(file, text)?;
        }
    }
    let [keys, launcher, secrets] = files;
    Ok(Development {
        keys: Keys::read(&keys)?,
        launcher: Keys::read(&launcher)?,
        secrets: Secrets::read(&secrets)?,
    })
}

fn make_development() -> Result<[zeroize::Zeroizing<String>; 3], aws_lc_rs::error::Unspecified> {
    let (runner, launcher, signer, receiver, data) = (pair()?, pair()?, pair()?, pair()?, pair()?);
    let mut keys = zeroize::Zeroizing::new("keys:\n".to_owned());
    entry(&mut keys, "dev-runner", "authentication", &Half::Private(&runner))?;
    entry(&mut keys, "dev-launcher", "authentication", &Half::Public(&launcher))?;
    entry(&mut keys, "dev-signing", "submission", &Half::Private(&signer))?;
    entry(&mut keys, "dev-receiver", "submission", &Half::Public(&receiver))?;
    entry(&mut keys, "dev-supplementary-data", "supplementary_data", &Half::Private(&data))?;
    let mut launching = zeroize::Zeroizing::new("keys:\n".to_owned());
    entry(&mut launching, "dev-launcher", "authentication", &Half::Private(&launcher))?;
    entry(&mut launching, "dev-runner", "authentication", &Half::Public(&runner))?;
    entry(&mut launching, "dev-supplementary-data", "supplementary_data", &Half::Public(&data))?;
    let mut secrets = zeroize::Zeroizing::new("secrets:\n".to_owned());
    for name in ["EQ_SECRET_KEY", "EQ_SERVER_SIDE_STORAGE_ENCRYPTION_USER_PEPPER"] {
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(bytes.as_mut())?;
        let text = zeroize::Zeroizing::new(STANDARD.encode(bytes.as_ref()));
        writeln!(secrets, "  {name}: \"{}\"", text.as_str()).map_err(|_| aws_lc_rs::error::Unspecified)?;
    }
    Ok([keys, launching, secrets])
}

fn pair() -> Result<KeyPair, aws_lc_rs::error::Unspecified> {
    KeyPair::generate(KeySize::Rsa2048)
}

enum Half<'a> {
    Private(&'a KeyPair),
    Public(&'a KeyPair),
}

fn entry(
    into: &mut String,
    kid: &str,
    purpose: &str,
    half: &Half<'_>,
) -> Result<(), aws_lc_rs::error::Unspecified> {
    let (kind, label, der) = match half {
        Half::Private(pair) => {
            let der: Pkcs8V1Der<'_> = pair.as_der()?;
            ("private", "PRIVATE KEY", zeroize::Zeroizing::new(der.as_ref().to_vec()))
        }
        Half::Public(pair) => {
            let der: PublicKeyX509Der<'_> = pair.public_key().as_der()?;
            ("public", "PUBLIC KEY", zeroize::Zeroizing::new(der.as_ref().to_vec()))
        }
    };
    let body = zeroize::Zeroizing::new(STANDARD.encode(der.as_slice()));
    let text = format!(
        "  {kid}:\n    purpose: {purpose}\n    type: {kind}\n    value: |\n      -----BEGIN {label}-----\n"
    );
    into.push_str(&text);
    for line in body.as_bytes().chunks(64) {
        into.push_str("      ");
        into.extend(line.iter().map(|&byte| char::from(byte)));
        into.push('\n');
    }
    into.push_str("      -----END ");
    into.push_str(label);
    into.push_str("-----\n");
    Ok(())
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn development_keys_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let first = development(folder.path()).unwrap();
        let second = development(folder.path()).unwrap();
        assert_eq!(first.secrets.pepper, second.secrets.pepper);
        assert!(second.keys.private(Purpose::Authentication, "dev-runner").is_some());
        assert!(second.keys.private(Purpose::Submission, "dev-runner").is_none());
        assert!(second.launcher.first_private(Purpose::Authentication).is_some());
    }

    #[test]
    fn a_broken_key_file_says_which_key_and_shows_nothing_of_it() {
        let yaml = "keys:\n  a1:\n    purpose: submission\n    type: private\n    value: hush-hush\n";
        let error = Keys::parse(yaml).unwrap_err().to_string();
        assert!(error.contains("a1") && !error.contains("hush"), "{error}");
        let error = Keys::parse("keys: [hush-hush").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"));
    }

    #[test]
    fn a_missing_secret_is_named() {
        let error = Secrets::parse("secrets:\n  EQ_SECRET_KEY: a\n").unwrap_err().to_string();
        assert!(error.contains("EQ_SERVER_SIDE_STORAGE_ENCRYPTION_USER_PEPPER"), "{error}");
    }
}
