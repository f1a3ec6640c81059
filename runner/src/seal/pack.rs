//! A body as bytes to be sealed, and back: compressed, and padded, since lengths tell.

use std::cell::RefCell;

use super::{NONCE, SealFailed, TAG, Unopened};
use crate::record::Body;

/// Lengths tell: how many answers, whether a comment was written. So bodies come in steps of this.
const STEP: usize = 256;
/// Most that a body may unpack to. A census household of thirty has some 60,000 bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;
/// Below 0 literals are not packed by their frequency, which a body of a thousand bytes does not repay: 14 % more
/// bytes than at 1, for 40 % of the work of packing and a fifth of the work of unpacking.
const ZSTD_LEVEL: i32 = -1;

struct Packers {
    compressor: zstd::bulk::Compressor<'static>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

thread_local! {
    // Setting one up anew costs more than a page's worth of packing.
    static PACKERS: RefCell<Option<Packers>> = const { RefCell::new(None) };
}

fn with_packers<T>(work: impl FnOnce(&mut Packers) -> std::io::Result<T>) -> Result<T, SealFailed> {
    PACKERS.with_borrow_mut(|packers| {
        if packers.is_none() {
            let compressor = zstd::bulk::Compressor::new(ZSTD_LEVEL).map_err(|_| SealFailed)?;
            let decompressor = zstd::bulk::Decompressor::new().map_err(|_| SealFailed)?;
            *packers = Some(Packers { compressor, decompressor });
        }
        packers.as_mut().map_or(Err(SealFailed), |packers| work(packers).map_err(|_| SealFailed))
    })
}

/// Lengths packed and unpacked (four bytes each), the packed body, zeros up to the next step.
pub(super) fn pack(body: &Body) -> Result<Vec<u8>, SealFailed> {
    let plain = postcard::to_stdvec(body).map_err(|_| SealFailed)?;
    if plain.len() > MAX_BODY {
        return Err(SealFailed);
    }
    let packed = with_packers(|packers| packers.compressor.compress(&plain))?;
    let mut padded = Vec::with_capacity(packed.len() + STEP + NONCE + TAG + 8);
    for length in [packed.len(), plain.len()] {
        padded.extend_from_slice(&u32::try_from(length).map_err(|_| SealFailed)?.to_be_bytes());
    }
    padded.extend_from_slice(&packed);
    padded.resize(padded.len().next_multiple_of(STEP), 0);
    Ok(padded)
}

pub(super) fn unpack(padded: &[u8]) -> Result<Body, Unopened> {
    let (lengths, rest) = padded.split_first_chunk::<8>().ok_or(Unopened::Damaged)?;
    let [a, b, c, d, e, f, g, h] = *lengths;
    let length = |bytes| usize::try_from(u32::from_be_bytes(bytes)).map_err(|_| Unopened::Damaged);
    let (packed, plain) = (length([a, b, c, d])?, length([e, f, g, h])?);
    let packed = rest.get(..packed).ok_or(Unopened::Damaged)?;
    if plain > MAX_BODY {
        return Err(Unopened::Damaged);
    }
    let plain = with_packers(|packers| packers.decompressor.decompress(packed, plain))
        .map_err(|_| Unopened::Damaged)?;
    postcard::from_bytes(&plain).map_err(|_| Unopened::Damaged)
}
