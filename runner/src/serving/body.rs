//! A request's body, read whole, within a size and a time.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt as _;
use tokio::time::timeout;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// Longer than allowed: 413.
    #[error("the body is too large")]
    TooLarge,
    /// Not whole in time: 408.
    #[error("the body came too slowly")]
    TooSlow,
    /// The sender went away, or sent what is no body.
    #[error("the body broke off")]
    Broken,
    /// Whole, but no form: 400.
    #[error("the body is no form")]
    Malformed,
}

/// Reads a body of at most `limit` bytes, all of it within `time`. One that announces more is not read at all.
///
/// # Errors
/// [`BodyFault`].
pub async fn read<B>(body: B, limit: usize, time: Duration) -> Result<Bytes, BodyFault>
where
    B: Body<Data = Bytes> + Unpin,
{
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(BodyFault::TooLarge);
    }
    timeout(time, collect(body, limit, announced)).await.unwrap_or(Err(BodyFault::TooSlow))
}

async fn collect<B>(mut body: B, limit: usize, announced: usize) -> Result<Bytes, BodyFault>
where
    B: Body<Data = Bytes> + Unpin,
{
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        // Trailers are of no interest.
        let Ok(data) = frame.map_err(|_| BodyFault::Broken)?.into_data() else { continue };
        if whole.len() + data.len() > limit {
            return Err(BodyFault::TooLarge);
        }
        if whole.is_empty() && data.len() == announced {
            return Ok(data);
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole.freeze())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;
    use http_body_util::Full;

    use super::*;

    /// One byte a poll, for so many, then silence or the end.
    struct Drops {
        left: usize,
        ends: bool,
    }

    impl Body for Drops {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            if self.left == 0 {
                return if self.ends { Poll::Ready(None) } else { Poll::Pending };
            }
            self.left -= 1;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_body_is_read_up_to_its_limit() {
        let exact = Full::new(Bytes::from_static(b"abc"));
        assert_eq!(read(exact.clone(), 3, SECOND).await, Ok(Bytes::from_static(b"abc")));
        assert_eq!(read(exact, 2, SECOND).await, Err(BodyFault::TooLarge));
        assert_eq!(read(Drops { left: 3, ends: true }, 3, SECOND).await, Ok(Bytes::from_static(b"xxx")));
        assert_eq!(read(Drops { left: 4, ends: true }, 3, SECOND).await, Err(BodyFault::TooLarge));
        assert_eq!(read(Drops { left: 0, ends: true }, 3, SECOND).await, Ok(Bytes::new()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_coming_is_given_up() {
        assert_eq!(read(Drops { left: 2, ends: false }, 3, SECOND).await, Err(BodyFault::TooSlow));
    }
}
