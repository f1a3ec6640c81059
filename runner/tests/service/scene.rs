//! Several runners over one store, and where their submissions go.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use runner::jose;
use runner::keys::{self, Keys, Purpose};
use runner::store::cql::Cluster;
use scylla::client::session_builder::SessionBuilder;
use serde_json::{Map, Value, json};

/// A store that all runners share, and where their submissions go.
pub struct Scene {
    folder: tempfile::TempDir,
    store: String,
    launcher: Keys,
}

/// One process, killed when dropped.
pub struct Runner {
    process: Child,
    log: PathBuf,
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

    /// What it logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

/// Cassandra settles one change of tables after the other; several at once only wait for each other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

impl Drop for Scene {
    /// Takes the keyspace away: tables cost a node memory for as long as they stand.
    fn drop(&mut self) {
        let Some(cluster) = self.store.strip_prefix("cassandra:").and_then(Cluster::parse) else { return };
        let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let Ok(session) = SessionBuilder::new().known_nodes(&cluster.hosts).build().await else { return };
            let _ = session.query_unpaged(format!("DROP KEYSPACE {}", cluster.keyspace), &[]).await;
        });
    }
}

impl Scene {
    /// On the store that the environment names.
    pub fn new() -> Scene {
        match std::env::var("CASSANDRA") {
            Ok(hosts) => Scene::on_cassandra(&hosts),
            Err(_) => Scene::on_sqlite(),
        }
    }

    pub fn on_sqlite() -> Scene {
        Scene::on("sqlite:responses.db".to_owned())
    }

    /// In a keyspace of its own, so that no other scene's runners send what is owed here.
    pub fn on_cassandra(hosts: &str) -> Scene {
        let scene = Scene::on(format!("cassandra:{hosts}/test_{}", uuid::Uuid::new_v4().simple()));
        let guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(scene.command().args(["store", "init"]).status().unwrap().success());
        drop(guard);
        scene
    }

    fn on(store: String) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let launcher = keys::development(&folder.path().join("keys")).unwrap().launcher;
        let scene = Scene { folder, store, launcher };
        fs::create_dir(scene.failpoints()).unwrap();
        scene
    }

    /// Where SQLite keeps all.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("responses.db")
    }

    /// A folder of this scene's own, made when absent.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn command(&self) -> Command {
        let questionnaires = Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires");
        let roots = ["features", "surveys"].map(|kind| questionnaires.join(kind).display().to_string());
        let mut command = Command::new(env!("CARGO_BIN_EXE_runner"));
        command
            .env_clear()
            .env("DEMO", "true")
            .env("PORT", "0")
            .env("STORE", &self.store)
            .env("DEVELOPMENT_KEYS", self.folder.path().join("keys"))
            .env("EQ_SUBMISSION_BACKEND", format!("folder:{}", self.inbox().display()))
            .env("FAILPOINTS", self.failpoints())
            .env("STORE_TIMEOUT_MILLISECONDS", "10000")
            .env("QUESTIONNAIRES", roots.join(":"))
            .current_dir(self.folder.path());
        command
    }

    /// Starts a runner and waits until it says where it listens.
    pub fn start(&self) -> Runner {
        self.start_with(&[])
    }

    /// Starts a runner with these settings besides.
    pub fn start_with(&self, settings: &[(&str, &str)]) -> Runner {
        let mut command = self.command();
        command.envs(settings.iter().copied());
        self.run(command)
    }

    /// Starts a runner to which a file that may not grow is a mistake, as a full disk is, and not the end.
    pub fn start_deaf_to_full_disks(&self) -> Runner {
        let like = self.command();
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\"", env!("CARGO_BIN_EXE_runner")]).env_clear();
        command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(self.folder.path());
        self.run(command)
    }

    fn run(&self, mut command: Command) -> Runner {
        let log = self.folder.path().join(format!("{}.log", uuid::Uuid::new_v4()));
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .expect("the runner starts");
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            let length = said.read_line(&mut line).unwrap();
            assert!(length > 0, "the runner ended at once: {}", fs::read_to_string(&log).unwrap());
        }
        let address = line.split("http://").nth(1).unwrap().trim_end().trim_end_matches('/').to_owned();
        Runner { process, log, address }
    }

    pub fn start_several(&self, count: usize) -> Vec<Runner> {
        (0..count).map(|_| self.start()).collect()
    }

    /// A launch of the first journey's questionnaire for this response, under a token of its own.
    pub fn token(&self, response: &str) -> String {
        self.launch("first-journey", response, json!({})).0
    }

    /// A launch of a questionnaire with these claims besides, and the name under which its submission will leave.
    pub fn launch(&self, questionnaire: &str, response: &str, more: Value) -> (String, uuid::Uuid) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let tx_id = uuid::Uuid::new_v4();
        let claims = json!({
            "jti": uuid::Uuid::new_v4(), "tx_id": tx_id, "case_id": uuid::Uuid::new_v4(),
            "collection_exercise_sid": "1", "version": "v2", "schema_name": questionnaire,
            "response_id": response, "account_service_url": "http://localhost/",
            "response_expires_at": "2100-01-01T00:00:00Z", "iat": now, "exp": now + 600, "roles": ["dumper"],
            "survey_metadata": {"data": {"user_id": "u", "period_id": "p", "ru_name": "r", "ru_ref": "49900000123A"}},
        });
        let (Value::Object(mut claims), Value::Object(more)) = (claims, more) else { unreachable!() };
        claims.extend(more);
        (self.seal(&claims), tx_id)
    }

    /// Claims, as the launching service signs and encrypts them.
    pub fn seal(&self, claims: &Map<String, Value>) -> String {
        let signer = self.launcher.first_private(Purpose::Authentication).unwrap();
        let receiver = self.launcher.first_public(Purpose::Authentication).unwrap();
        jose::seal(&serde_json::to_vec(claims).unwrap(), signer, receiver).unwrap()
    }

    /// Supplementary data, as their service encrypts them.
    pub fn seal_data(&self, data: &Value) -> String {
        let receiver = self.launcher.first_public(Purpose::SupplementaryData).unwrap();
        jose::encrypt(&serde_json::to_vec(data).unwrap(), receiver).unwrap()
    }

    fn failpoints(&self) -> PathBuf {
        self.folder.path().join("failpoints")
    }

    /// Whoever reaches this point of the service from now on waits there, or dies with its process.
    pub fn arm(&self, point: &str, order: Order) {
        let order = match order {
            Order::Hold => "hold",
            Order::Kill => "kill",
            Order::Panic => "panic",
        };
        fs::write(self.failpoints().join(point), order).unwrap();
    }

    /// Whoever reaches this point from now on goes on; who waits there still waits.
    pub fn disarm(&self, point: &str) {
        fs::remove_file(self.failpoints().join(point)).unwrap();
    }

    /// Waits until so many have reached a point.
    pub fn wait_for(&self, point: &str, count: usize) -> Vec<PathBuf> {
        let start = format!("{point}.");
        for _ in 0..3000 {
            let names = fs::read_dir(self.failpoints()).unwrap().map(|entry| entry.unwrap().path());
            let reached: Vec<_> = names
                .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&start))
                .collect();
            if reached.len() >= count {
                return reached;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("nobody reached {point}");
    }

    /// Lets go on whoever waits at this point.
    pub fn release(&self, point: &str) {
        for reached in self.wait_for(point, 0) {
            fs::remove_file(reached).unwrap();
        }
    }

    pub fn inbox(&self) -> PathBuf {
        self.folder.path().join("inbox")
    }

    /// What was submitted, once `count` submissions have come, or after half a minute.
    pub fn submissions(&self, count: usize) -> Vec<String> {
        let mut found = Vec::new();
        for _ in 0..300 {
            found = fs::read_dir(self.inbox()).map_or(Vec::new(), |files| {
                files
                    .map(|file| file.unwrap().path())
                    .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
                    .filter(|path| !path.to_string_lossy().ends_with(".headers.json"))
                    .map(|path| fs::read_to_string(path).unwrap())
                    .collect()
            });
            if found.len() >= count {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        found
    }

    /// What left under that name, once it has, or after half a minute.
    pub fn submission(&self, tx_id: uuid::Uuid) -> Option<Value> {
        let file = self.inbox().join(format!("{tx_id}.json"));
        for _ in 0..3000 {
            if let Ok(text) = fs::read_to_string(&file) {
                return Some(serde_json::from_str(&text).unwrap());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }
}

/// What happens to who reaches a failpoint.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Hold,
    Kill,
    Panic,
}

/// A response id that no other test or run uses.
pub fn fresh_response() -> String {
    uuid::Uuid::new_v4().to_string()
}
