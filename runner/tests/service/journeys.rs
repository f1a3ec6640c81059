//! Every journey beside a questionnaire, over HTTP and without script, in each language.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::individual::IndividualStep;
use engine::journey::{self, Journey, Post, Spot, Walker, claims};
use engine::place::Target;
use runner::routes;
use schema::Questionnaire;
use schema::value::ListItemId;
use serde_json::Value;
use uuid::Uuid;

use crate::browser::{Browser, Reply};
use crate::markup::Page;
use crate::scene::{Scene, fresh_response};
use crate::supplementary::DataService;

/// Longer than any way of redirects.
const LONGEST: usize = 8;
/// What a row of the hub says, in English and in Welsh.
const STATES: [(&str, [&str; 2]); 4] = [
    ("completed", ["Completed", "Cwblhawyd"]),
    ("in-progress", ["Partially completed", "Wedi’i chwblhau’n rhannol"]),
    ("not-started", ["Not started", "Heb ddechrau"]),
    ("requested", ["Separate census requested", "Wedi gofyn am gyfrifiad ar wahân"]),
];

/// Walks a questionnaire as a browser without script does.
struct HttpWalker<'a> {
    scene: &'a Scene,
    questionnaire: &'a Questionnaire,
    address: &'a str,
    browser: Browser,
    tx_id: Uuid,
    path: String,
    status: u16,
    page: Page,
}

impl<'a> HttpWalker<'a> {
    fn launch(
        scene: &'a Scene,
        address: &'a str,
        name: &str,
        questionnaire: &'a Questionnaire,
        journey: &Journey,
        dataset: Option<Uuid>,
        language: &str,
    ) -> Result<Self, String> {
        let mut data = journey.launch_data();
        if let Some(dataset) = dataset {
            data.retain(|(name, _)| name != "sds_dataset_id");
            data.push(("sds_dataset_id".to_owned(), dataset.to_string()));
        }
        data.retain(|(name, _)| name != "language");
        data.push(("language".to_owned(), language.to_owned()));
        let mut claims = claims(&data);
        // These are each launch's own.
        claims.remove("tx_id");
        claims.remove("case_id");
        let (token, tx_id) = scene.launch(name, &fresh_response(), Value::Object(claims));
        let (path, page) = (String::new(), Page::read(""));
        let browser = Browser::default();
        let mut walker = HttpWalker { scene, questionnaire, address, browser, tx_id, path, status: 0, page };
        let reply = walker.browser.get(address, &format!("/session?token={token}"));
        walker.follow(reply)?;
        Ok(walker)
    }

    fn go(&mut self, path: &str) -> Result<(), String> {
        path.clone_into(&mut self.path);
        let reply = self.browser.get(self.address, path);
        self.follow(reply)
    }

    fn follow(&mut self, mut reply: Reply) -> Result<(), String> {
        for _ in 0..LONGEST {
            if reply.status != 302 {
                self.status = reply.status;
                self.page = Page::read(&reply.body);
                return if reply.status < 500 { Ok(()) } else { Err(format!("status {}", reply.status)) };
            }
            let path = reply.location.split('#').next().unwrap_or_default();
            path.clone_into(&mut self.path);
            reply = self.browser.get(self.address, &self.path);
        }
        Err("redirects without end".to_owned())
    }

    /// The stored state.
    fn state(&mut self) -> Value {
        serde_json::from_str(&self.browser.get(self.address, "/dump/debug").body).unwrap_or_default()
    }

    fn item(state: &Value, list: &str, number: usize) -> Option<String> {
        let list = state["LISTS"].as_array()?.iter().find(|has| has["name"] == list)?;
        Some(list["items"].get(number - 1)?.as_str()?.to_owned())
    }

    /// Where one asks for a form of their own for the n-th person of the household, or for nobody in particular.
    fn individual(&mut self, step: &str, number: Option<usize>) -> Result<String, String> {
        let missing = || format!("there is no {step} for {number:?}");
        let offered = self.questionnaire.individual_response.as_ref().ok_or_else(missing)?;
        let list = &self.questionnaire.list(offered.list).name;
        let person = match number {
            None => None,
            Some(number) => {
                let id = Self::item(&self.state(), list, number).ok_or_else(missing)?;
                Some(ListItemId::parse(&id).ok_or_else(missing)?)
            }
        };
        let step = IndividualStep::of_name(step, person).ok_or_else(missing)?;
        let list_item = person.filter(|_| step == IndividualStep::Begin);
        Ok(routes::print(self.questionnaire, &Target { list_item, ..step.target() }, None))
    }

    fn path_of(&mut self, spot: &Spot) -> Result<String, String> {
        Ok(match spot {
            Spot::Block { id, item: None } => format!("/questionnaire/{id}/"),
            Spot::Block { id, item: Some(number) } => {
                let missing = || format!("{id} is about no item {number}");
                let block = self.questionnaire.names.blocks.get(&**id).ok_or_else(missing)?;
                let list = engine::page::list_of(self.questionnaire, *block).ok_or_else(missing)?;
                let list = &self.questionnaire.list(list).name;
                let item = Self::item(&self.state(), list, *number).ok_or_else(missing)?;
                format!("/questionnaire/{list}/{item}/{id}/")
            }
            Spot::Section(id) => format!("/questionnaire/sections/{id}/"),
            Spot::Hub => "/questionnaire/".to_owned(),
            Spot::Submit => "/questionnaire/submit/".to_owned(),
            Spot::ThankYou => "/submitted/thank-you/".to_owned(),
            Spot::Preview => "/questionnaire/preview".to_owned(),
            Spot::ViewResponse => "/submitted/view-response/".to_owned(),
            Spot::Individual { step, item } => self.individual(step, *item)?,
            Spot::NotFound => return Err("not-found is no address".to_owned()),
        })
    }
}

impl Walker for HttpWalker<'_> {
    fn open(&mut self, spot: &Spot) -> Result<(), String> {
        let path = self.path_of(spot)?;
        self.go(&path)
    }

    fn post(&mut self, post: &Post) -> Result<(), String> {
        let names_items = post.given.iter().any(|(name, _)| name.item.is_some());
        let state = if names_items { self.state() } else { Value::Null };
        let item = |list: &str, number: usize| Self::item(&state, list, number);
        let offered = |number: usize| self.page.options().get(number.checked_sub(1)?).cloned();
        let fields = journey::fields(self.questionnaire, post, &item, &offered)?;
        let proof = self.page.value("csrf_token").ok_or("the page has no form")?;
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let path = self.path.clone();
        let reply = self.browser.post(self.address, &path, &proof, &fields);
        self.follow(reply)
    }

    fn at(&self) -> String {
        let found = if self.status == 404 { None } else { self.page.at() };
        found.unwrap_or_else(|| Spot::NotFound.to_string())
    }

    fn errors(&self) -> Vec<(String, String)> {
        self.page.errors()
    }

    fn sees(&self, text: &str) -> Option<bool> {
        Some(self.page.readable().contains(text))
    }

    fn status(&self, section: &str) -> Option<String> {
        let said = self.page.hub_state(section)?;
        let known = STATES.iter().find(|(_, words)| words.contains(&said.as_str()));
        Some(known.map_or(said.clone(), |(state, _)| (*state).to_owned()))
    }

    fn submitted(&self) -> Result<Value, String> {
        self.scene.submission(self.tx_id).ok_or_else(|| "nothing was submitted".to_owned())
    }
}

/// The folders of our own questionnaires.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../questionnaires");
    let kinds = ["features", "surveys"].into_iter();
    let entries = kinds.flat_map(|kind| fs::read_dir(root.join(kind)).unwrap());
    let mut folders: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn questionnaire(folder: &Path) -> Questionnaire {
    let texts = ["en.json", "cy.json"].map(|name| fs::read_to_string(folder.join(name)).unwrap());
    schema::link(&texts.each_ref().map(String::as_str)).unwrap()
}

fn journeys_of(folder: &Path) -> Vec<(String, Journey)> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "journey"));
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, Journey::parse(&fs::read_to_string(&path).unwrap()).unwrap())
    };
    paths.into_iter().map(read).collect()
}

/// The data set that a journey's launch names, there to be fetched.
fn dataset(scene: &Scene, service: &DataService, folder: &Path, journey: &Journey) -> Option<Uuid> {
    let text = fs::read_to_string(folder.join(journey.supplementary.as_ref()?)).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let launch = journey.launch_data();
    let said = |wanted: &str| &*launch.iter().find(|(name, _)| name == wanted).unwrap().1;
    Some(service.hold(said("survey_id"), &said("ru_ref")[..11], scene.seal_data(&known)))
}

#[test]
fn every_journey_leads_where_it_says_over_http_without_script() {
    let scene = Scene::on_sqlite();
    let service = DataService::start();
    let runner = scene.start_with(&[("SDS_API_BASE_URL", &service.url)]);
    let (folders, next, walks) = (folders(), AtomicUsize::new(0), AtomicUsize::new(0));
    let strays = Mutex::new(Vec::new());
    let work = || {
        while let Some(folder) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
            let questionnaire = questionnaire(folder);
            let folder_name = folder.file_name().unwrap().to_string_lossy();
            for (name, journey) in journeys_of(folder) {
                for language in ["en", "cy"] {
                    walks.fetch_add(1, Ordering::Relaxed);
                    let reads = journey.language() == language;
                    let at = &runner.address;
                    let known = dataset(&scene, &service, folder, &journey);
                    let launched = HttpWalker::launch(
                        &scene,
                        at,
                        &folder_name,
                        &questionnaire,
                        &journey,
                        known,
                        language,
                    );
                    let walked = launched.map_err(|why| format!("launch: {why}")).and_then(|mut walker| {
                        journey::walk(&questionnaire, &journey, reads, &mut walker)
                            .map_err(|stray| format!("{stray}, at {} ({})", walker.at(), walker.path))
                    });
                    if let Err(why) = walked {
                        strays.lock().unwrap().push(format!("{folder_name}/{name} ({language}): {why}"));
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let (walks, strays) = (walks.into_inner(), strays.into_inner().unwrap());
    println!("{walks} walks");
    assert!(walks > 0, "no journeys");
    assert!(strays.is_empty(), "{} of {walks} walks stray:\n{}", strays.len(), strays.join("\n"));
}
