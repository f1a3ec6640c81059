//! The service of supplementary data: what a launch names is fetched from here, over HTTP and encrypted.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::Browser;
use crate::scene::{Runner, Scene};

/// What it holds, by data set.
type Held = HashMap<String, Value>;

/// Answers until the tests end.
pub struct DataService {
    pub url: String,
    held: Arc<Mutex<Held>>,
}

impl DataService {
    pub fn start() -> DataService {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let held = Arc::new(Mutex::new(Held::new()));
        let known = Arc::clone(&held);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let known = Arc::clone(&known);
                std::thread::spawn(move || answer(stream.unwrap(), &known));
            }
        });
        DataService { url, held }
    }

    /// Holds data of a unit of a survey from now on; the name of the data set.
    pub fn hold(&self, survey: &str, unit: &str, sealed: String) -> Uuid {
        let dataset = Uuid::new_v4();
        let answer = json!({"dataset_id": dataset, "survey_id": survey, "data": sealed});
        let path = format!("/v1/unit_data?dataset_id={dataset}&identifier={unit}");
        self.held.lock().unwrap().insert(path, answer);
        dataset
    }
}

fn answer(stream: TcpStream, held: &Mutex<Held>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = first.split(' ').nth(1).unwrap_or_default();
    let known = held.lock().unwrap().get(path).map(Value::to_string);
    let (status, body) = known.map_or(("404 Not Found", String::new()), |known| ("200 OK", known));
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    let _ = (&stream).write_all((head + &body).as_bytes());
}

#[test]
fn the_demonstration_offers_what_needs_data_only_where_they_are_to_be_had() {
    let scene = Scene::on_sqlite();
    let offered =
        |runner: &Runner| Browser::default().get(&runner.address, "/").body.contains("supplementary-data");
    assert!(!offered(&scene.start()));
    let service = DataService::start();
    assert!(offered(&scene.start_with(&[("SDS_API_BASE_URL", &service.url)])));
}
