//! Style, scripts, fonts and marks: built once, under names that change with their content, so that a browser may
//! keep them for ever.

/// Name and content of every built file, the compressed ones beside the plain ones.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/static.rs"));

/// For `Cache-Control`: a year, unchanged.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A built file as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    pub bytes: &'static [u8],
    /// For `Content-Type`.
    pub kind: &'static str,
    /// For `Content-Encoding`; none: plain.
    pub coding: Option<&'static str>,
}

/// What was built under that name.
pub fn find(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(has, _)| *has == name).map(|(_, bytes)| *bytes)
}

/// What was built under that name, as compressed as the browser takes it: `accepted` is its `Accept-Encoding`.
pub fn serve(name: &str, accepted: &str) -> Option<Served> {
    let plain = find(name).filter(|_| !name.ends_with(".br") && !name.ends_with(".gz"))?;
    let takes =
        |coding: &str| accepted.split(',').any(|part| part.split(';').next().unwrap_or("").trim() == coding);
    let packed = [("br", "br"), ("gz", "gzip")].into_iter().find_map(|(end, coding)| {
        find(&format!("{name}.{end}")).filter(|_| takes(coding)).map(|bytes| (bytes, coding))
    });
    let (bytes, coding) = packed.map_or((plain, None), |(bytes, coding)| (bytes, Some(coding)));
    Some(Served { bytes, kind: kind(name), coding })
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "png" => "image/png",
        "ico" => "image/x-icon",
        _ => "text/plain; charset=utf-8",
    }
}
