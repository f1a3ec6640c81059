//! The accept loop: head time-out, connection cap, bounded drain.
//!
//! Our own, because `axum::serve` keeps half-sent heads and silent connections open for ever and waits for
//! them when stopping.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;
use tower_service::Service;

use super::drain::Drain;
use super::patient::Patient;

/// Longest head of a request: a launch token is up to 16 KiB of it.
const MAX_HEAD_BYTES: usize = 64 * 1024;
const MAX_HEADERS: usize = 64;
/// What is said of a head that was begun and not ended in time.
const TOO_SLOW: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
/// How much of what is no longer of interest is still taken in, so that its sender can read the reply: a
/// connection closed over unread bytes is reset, and the reply with it.
const MAX_UNREAD_BYTES: usize = 4 * 1024 * 1024;
/// And for how long.
const UNREAD_FOR: Duration = Duration::from_secs(2);

/// What the listener bounds.
#[derive(Clone, Copy, Debug)]
pub struct ListenerBounds {
    /// Connections at a time; further ones wait in the system's queue.
    pub connections: usize,
    /// How long a head may take to come, silence before it included, and each part of a reply to go.
    pub patience: Duration,
    /// How long requests under way may take once stopping has begun.
    pub drain: Duration,
}

/// Serves until `drain` stops, then lets requests under way end, up to the bound, and returns.
pub async fn serve<S, B>(listener: TcpListener, service: S, bounds: ListenerBounds, drain: Drain)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
        + Clone
        + Send
        + Unpin
        + 'static,
    S::Future: Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let places = Arc::new(Semaphore::new(bounds.connections));
    let under_way = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = drain.stopping() => break,
            accepted = next(&listener, &places) => accepted,
        };
        let Some((stream, place)) = accepted else { break };
        let mut server = http1::Builder::new();
        server
            .timer(TokioTimer::new())
            // A request that came whole is carried out whole: its sender's hang-up does not cut it off.
            .half_close(true)
            .header_read_timeout(bounds.patience)
            .max_buf_size(MAX_HEAD_BYTES)
            .max_headers(MAX_HEADERS);
        let service = TowerToHyperService::new(service.clone());
        // Boxed, since what is left of a connection can only be had of one that may be moved.
        let service = service_fn(move |request| {
            let answer: Pin<Box<dyn Future<Output = Result<Response<B>, Infallible>> + Send>> =
                Box::pin(service.call(request));
            answer
        });
        let io = TokioIo::new(Box::pin(Patient::new(stream, bounds.patience)));
        let mut connection = server.serve_connection(io, service);
        let drain = drain.clone();
        under_way.spawn(async move {
            let mut stopping = false;
            let ended = loop {
                tokio::select! {
                    ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => break ended,
                    () = drain.stopping(), if !stopping => {
                        stopping = true;
                        Pin::new(&mut connection).graceful_shutdown();
                    }
                }
            };
            // A connection that breaks off is the client's affair; what it began goes on in its own task.
            let left = connection.into_parts();
            let is_half = !left.read_buf.is_empty();
            close(left.io.into_inner(), ended.is_err_and(|error| error.is_timeout() && is_half)).await;
            drop(place);
        });
    }
    drop(listener);
    under_way.close();
    let _ = timeout(bounds.drain, under_way.wait()).await;
}

/// Ends a connection so that the last reply arrives. One whose head came half is told so.
async fn close(mut stream: Pin<Box<Patient<TcpStream>>>, is_half: bool) {
    let told = async {
        if is_half {
            stream.write_all(TOO_SLOW).await?;
        }
        stream.shutdown().await?;
        let mut unread = [0; 8192];
        let mut left = MAX_UNREAD_BYTES;
        while left > 0 {
            match stream.read(&mut unread).await? {
                0 => break,
                length => left = left.saturating_sub(length),
            }
        }
        io::Result::Ok(())
    };
    // Who does not listen to the end is not told.
    let _ = timeout(UNREAD_FOR, told).await;
}

/// The next connection, once there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Replies are written whole; waiting to fill a packet only delays them.
                let _ = stream.set_nodelay(true);
                return Some((stream, place));
            }
            Err(error) if is_the_clients(&error) => {}
            // Out of file descriptors: others must end first.
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Stops when the system says so.
pub async fn stop_when(signal: impl Future<Output = io::Result<()>>, drain: &Drain) {
    match signal.await {
        Ok(()) => drain.stop(),
        Err(error) => tracing::error!(%error, "signals cannot be heard; only a kill will end this"),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Instant;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::task::JoinHandle;

    use super::*;

    static FINISHED: AtomicBool = AtomicBool::new(false);
    const SHORT: Duration = Duration::from_millis(300);

    async fn started(connections: usize) -> (SocketAddr, Drain, JoinHandle<()>) {
        let slow = async || {
            sleep(Duration::from_millis(600)).await;
            "slow"
        };
        let endless = async || sleep(Duration::from_secs(600)).await;
        let large = async || vec![b'x'; 64 * 1024 * 1024];
        let finish = async || {
            sleep(Duration::from_millis(200)).await;
            FINISHED.store(true, Ordering::SeqCst);
        };
        let router = Router::new()
            .route("/", get(async || "ok"))
            .route("/slow", get(slow))
            .route("/endless", get(endless))
            .route("/large", get(large))
            .route("/finish", get(finish));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let drain = Drain::new();
        let bounds = ListenerBounds { connections, patience: SHORT, drain: Duration::from_secs(2) };
        let served = tokio::spawn(serve(listener, router, bounds, drain.clone()));
        (address, drain, served)
    }

    async fn said(address: SocketAddr, request: &str) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reply = vec![0; 4096];
        let length = stream.read(&mut reply).await.unwrap_or(0);
        reply.truncate(length);
        (stream, String::from_utf8(reply).unwrap())
    }

    const GET: &str = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    #[tokio::test(flavor = "multi_thread")]
    async fn a_half_sent_head_is_told_so_in_time() {
        let (address, ..) = started(10).await;
        let began = Instant::now();
        let (mut stream, reply) = said(address, "GET / HTTP/1.1\r\nHo").await;
        assert!(reply.starts_with("HTTP/1.1 408"), "{reply}");
        assert_eq!(stream.read(&mut [0; 8]).await.unwrap_or(0), 0);
        assert!(began.elapsed() < 20 * SHORT, "{:?}", began.elapsed());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_silent_connection_is_closed_in_time() {
        let (address, ..) = started(10).await;
        let (mut stream, reply) = said(address, GET).await;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        let closed = timeout(20 * SHORT, stream.read(&mut [0; 512])).await.unwrap();
        assert!(matches!(closed, Ok(0) | Err(_)));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_reader_who_takes_nothing_is_given_up() {
        let (address, ..) = started(1).await;
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        // The only place is taken until the listener loses patience; then this is answered.
        let (_, reply) = timeout(Duration::from_secs(20), said(address, GET)).await.unwrap();
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        drop(idle);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_that_came_whole_is_carried_out_though_its_sender_hangs_up() {
        let (address, ..) = started(10).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /finish HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        drop(stream);
        for _ in 0..100 {
            if FINISHED.load(Ordering::SeqCst) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        assert!(FINISHED.load(Ordering::SeqCst), "the work was cut off");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn connections_beyond_the_cap_wait_for_a_place() {
        let (address, ..) = started(1).await;
        let (first, _) = said(address, GET).await;
        let waiting = tokio::spawn(said(address, GET));
        sleep(SHORT / 3).await;
        assert!(!waiting.is_finished());
        drop(first);
        assert!(waiting.await.unwrap().1.starts_with("HTTP/1.1 200"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_under_way_is_answered_after_stopping_began() {
        let (address, drain, served) = started(10).await;
        let under_way = tokio::spawn(said(address, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"));
        sleep(Duration::from_millis(200)).await;
        drain.stop();
        assert!(under_way.await.unwrap().1.contains("slow"));
        served.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn stopping_takes_no_longer_than_its_bound() {
        let (address, drain, served) = started(10).await;
        let _endless = tokio::spawn(said(address, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n"));
        sleep(Duration::from_millis(200)).await;
        let began = Instant::now();
        drain.stop();
        timeout(Duration::from_secs(30), served).await.unwrap().unwrap();
        assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
    }
}
