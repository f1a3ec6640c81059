//! A page to the worker that writes PDFs: a process for each, which holds nobody's answers but one's and ends with
//! them. So many at a time, each within a time, a memory of its own and a size; one that hangs is killed.
//!
//! What a page says goes over standard input and comes back as a PDF; of what the worker says besides, nothing is kept.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use templates::Paper;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long somebody waits for a worker's place before being asked to come again.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest PDF that is taken, in bytes: a hundred pages have some 300,000.
const MAX_PDF_BYTES: u64 = 16 * 1024 * 1024;

/// Why there is no PDF. Holds nothing of the page.
#[derive(Debug, thiserror::Error)]
pub enum NoPdf {
    /// All workers are at work.
    #[error("all workers are at work")]
    Busy,
    /// It cannot be started.
    #[error("the worker cannot be started: {0}")]
    Away(std::io::ErrorKind),
    /// It took too long, and was killed.
    #[error("the worker took too long")]
    TooSlow,
    /// It wrote too much, and was killed.
    #[error("the worker wrote too much")]
    TooLarge,
    /// It ended without a PDF.
    #[error("the worker ended without a PDF: {0}")]
    Broken(String),
}

/// Starts workers.
#[derive(Clone, Debug)]
pub struct PdfWriter {
    program: PathBuf,
    places: Arc<Semaphore>,
    time: Duration,
}

impl PdfWriter {
    /// With this program, so many at a time, each for so long at most.
    #[must_use]
    pub fn new(program: PathBuf, width: usize, time: Duration) -> PdfWriter {
        PdfWriter { program, places: Arc::new(Semaphore::new(width.clamp(1, Semaphore::MAX_PERMITS))), time }
    }

    /// Where the worker is when no variable says so: beside this program.
    #[must_use]
    pub fn beside() -> PathBuf {
        let own = std::env::current_exe().unwrap_or_default();
        own.with_file_name("pdf")
    }

    /// The page as a PDF.
    ///
    /// # Errors
    /// [`NoPdf`]. The next one is written by another process, whatever became of this one.
    pub async fn write(&self, paper: &Paper) -> Result<Bytes, NoPdf> {
        let place = timeout(PATIENCE, self.places.acquire()).await;
        let _place = place.map_err(|_| NoPdf::Busy)?.map_err(|_| NoPdf::Busy)?;
        let input = serde_json::to_vec(paper).map_err(|error| NoPdf::Broken(error.to_string()))?;
        let mut worker = Command::new(&self.program)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Whoever stops waiting leaves nothing running.
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| NoPdf::Away(error.kind()))?;
        let written = timeout(self.time, talk(&mut worker, &input)).await.unwrap_or(Err(NoPdf::TooSlow));
        if written.is_err() {
            // It may have ended already, which is as good.
            let _ = worker.kill().await;
        }
        written
    }
}

/// Tells a worker the page and hears its PDF, both at once so that neither waits for the other.
async fn talk(worker: &mut Child, input: &[u8]) -> Result<Bytes, NoPdf> {
    let (Some(mut to), Some(from)) = (worker.stdin.take(), worker.stdout.take()) else {
        return Err(NoPdf::Broken("no pipes".to_owned()));
    };
    let tell = async {
        // One that ended early says by its status why.
        let _ = to.write_all(input).await;
        drop(to);
    };
    let hear = async {
        let mut pdf = Vec::new();
        from.take(MAX_PDF_BYTES + 1).read_to_end(&mut pdf).await.map(|_| pdf)
    };
    let ((), pdf) = tokio::join!(tell, hear);
    let pdf = pdf.map_err(|error| NoPdf::Broken(error.kind().to_string()))?;
    if pdf.len() as u64 > MAX_PDF_BYTES {
        return Err(NoPdf::TooLarge);
    }
    let status = worker.wait().await.map_err(|error| NoPdf::Broken(error.kind().to_string()))?;
    if !status.success() || !pdf.starts_with(b"%PDF-") {
        return Err(NoPdf::Broken(status.to_string()));
    }
    Ok(pdf.into())
}
