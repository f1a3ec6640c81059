//! Several runners over one store, and a browser that holds a cookie and little else.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use runner::jose;
use runner::keys::{self, Keys, Purpose};
use serde_json::json;

/// A store that all runners share, and where their submissions go.
pub struct Scene {
    folder: tempfile::TempDir,
    store: String,
    launcher: Keys,
}

/// One process, killed when dropped.
pub struct Runner {
    process: Child,
    pub address: String,
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Runner {
    /// As `kill -9`: nothing is said, nothing is finished.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Scene {
    pub fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let launcher = keys::development(&folder.path().join("keys")).unwrap().launcher;
        let store = match std::env::var("CASSANDRA") {
            Ok(hosts) => format!("cassandra:{hosts}"),
            Err(_) => format!("sqlite:{}", folder.path().join("responses.db").display()),
        };
        let scene = Scene { folder, store, launcher };
        if scene.store.starts_with("cassandra:") {
            assert!(scene.command().args(["store", "init"]).status().unwrap().success());
        }
        scene
    }

    fn command(&self) -> Command {
        let questionnaires = Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires");
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command
            .env_clear()
            .env("DEMO", "true")
            .env("PORT", "0")
            .env("STORE", &self.store)
            .env("DEVELOPMENT_KEYS", self.folder.path().join("keys"))
            .env("EQ_SUBMISSION_BACKEND", format!("folder:{}", self.inbox().display()))
            .env("STORE_TIMEOUT_MILLISECONDS", "10000")
            .env("QUESTIONNAIRES", questionnaires.join("features"))
            .current_dir(self.folder.path());
        command
    }

    /// Starts a runner and waits until it says where it listens.
    pub fn start(&self) -> Runner {
        let mut process =
            self.command().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the runner starts");
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the runner ended at once");
        }
        let address = line.split("http://").nth(1).unwrap().trim_end().trim_end_matches('/').to_owned();
        Runner { process, address }
    }

    pub fn start_several(&self, count: usize) -> Vec<Runner> {
        (0..count).map(|_| self.start()).collect()
    }

    /// A launch of the first journey's questionnaire for this response, under a token of its own.
    pub fn token(&self, response: &str) -> String {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let claims = json!({
            "jti": uuid::Uuid::new_v4(), "tx_id": uuid::Uuid::new_v4(), "case_id": uuid::Uuid::new_v4(),
            "collection_exercise_sid": "1", "version": "v2", "schema_name": "first-journey",
            "response_id": response, "account_service_url": "http://localhost/",
            "response_expires_at": "2100-01-01T00:00:00Z", "iat": now, "exp": now + 600, "roles": ["dumper"],
            "survey_metadata": {"data": {"user_id": "u", "period_id": "p", "ru_name": "r"}}
        });
        let signer = self.launcher.first_private(Purpose::Authentication).unwrap();
        let receiver = self.launcher.first_public(Purpose::Authentication).unwrap();
        jose::seal(claims.to_string().as_bytes(), signer, receiver).unwrap()
    }

    pub fn inbox(&self) -> PathBuf {
        self.folder.path().join("inbox")
    }

    /// What was submitted, once `count` submissions have come, or after half a minute.
    pub fn submissions(&self, count: usize) -> Vec<String> {
        let mut found = Vec::new();
        for _ in 0..300 {
            found = std::fs::read_dir(self.inbox()).map_or(Vec::new(), |files| {
                files
                    .map(|file| file.unwrap().path())
                    .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
                    .filter(|path| !path.to_string_lossy().ends_with(".headers.json"))
                    .map(|path| std::fs::read_to_string(path).unwrap())
                    .collect()
            });
            if found.len() >= count {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        found
    }
}

/// A response id that no other test or run uses.
pub fn fresh_response() -> String {
    uuid::Uuid::new_v4().to_string()
}

pub struct Reply {
    pub status: u16,
    pub location: String,
    pub body: String,
}

/// Holds a cookie; follows nothing by itself.
#[derive(Clone, Default)]
pub struct Browser {
    cookie: String,
}

impl Browser {
    pub fn get(&mut self, address: &str, path: &str) -> Reply {
        self.ask(address, "GET", path, "")
    }

    pub fn post(&mut self, address: &str, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask(address, "POST", path, &form(csrf, fields))
    }

    fn ask(&mut self, address: &str, method: &str, path: &str, body: &str) -> Reply {
        let mut stream = self.send(address, method, path, body);
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no reply: {text}"));
        let header = |wanted: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.to_owned())
        };
        if let Some(cookie) = header("set-cookie") {
            cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, location: header("location").unwrap_or_default(), body: body.to_owned() }
    }

    /// Sends a request whole; what becomes of the socket is the caller's.
    pub fn send(&self, address: &str, method: &str, path: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let kind = "application/x-www-form-urlencoded";
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }
}

/// A form's body. Values in these tests need no escapes but for spaces.
pub fn form(csrf: &str, fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+")));
    let mut pairs = vec![format!("csrf_token={csrf}")];
    pairs.extend(fields);
    pairs.join("&")
}

/// What a page's form proves.
pub fn csrf(page: &str) -> String {
    let at = page.find("name=\"csrf_token\"").unwrap_or_else(|| panic!("no form on {page}"));
    let (start, end) = (page[..at].rfind('<').unwrap(), at + page[at..].find('>').unwrap());
    let tag = &page[start..end];
    tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}
