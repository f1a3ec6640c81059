//! The forms of values: UUIDs, addresses, dates and times, read as leniently as eQ reads them.
//!
//! Source: spec/03 §3.1–3.2.

use std::net::{Ipv4Addr, Ipv6Addr};

use jiff::civil::{self, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::claims::Fault;

/// Any spelling of a UUID: either case, hyphens anywhere or nowhere, in braces, after `urn:uuid:`.
pub(super) fn lenient_uuid(text: &str) -> Option<Uuid> {
    let text = text.replace("urn:", "").replace("uuid:", "");
    let digits = text.trim_matches(['{', '}']).replace('-', "");
    let all_hex = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if all_hex { Uuid::try_parse(&digits).ok() } else { None }
}

pub(super) fn uuid(value: &Value) -> Result<Value, Fault> {
    let text = value.as_str().ok_or(Fault::Kind)?;
    lenient_uuid(text).map(|id| Value::String(id.hyphenated().to_string())).ok_or(Fault::Form)
}

pub(super) fn url(value: &Value) -> Result<Value, Fault> {
    let text = value.as_str().ok_or(Fault::Kind)?;
    if is_url(text) { Ok(value.clone()) } else { Err(Fault::Form) }
}

/// Scheme http, https, ftp or ftps; a host that is `localhost`, an address, or dotted with a last label of
/// two characters or more; a port and a path if any.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    if !["http", "https", "ftp", "ftps"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return false;
    }
    if rest.chars().any(char::is_whitespace) {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if rest.len() > authority.len() && rest.as_bytes().get(authority.len()) == Some(&b'#') {
        return false;
    }
    let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host);
    if let Some(bracketed) = host.strip_prefix('[') {
        let Some((address, after)) = bracketed.split_once(']') else { return false };
        return address.parse::<Ipv6Addr>().is_ok() && (after.is_empty() || is_port(after));
    }
    let (host, port) = host.find(':').map_or((host, ""), |at| host.split_at(at));
    (port.is_empty() || is_port(port)) && is_host(host)
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_host(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") || host.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    let mut labels: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let (Some(last), true) = (labels.pop(), host.contains('.')) else { return false };
    let label_fits = |label: &&str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric();
        let bytes = label.as_bytes();
        (1..=63).contains(&bytes.len())
            && bytes.iter().all(|&byte| plain(byte) || byte == b'-')
            && bytes.first().copied().is_some_and(plain)
            && bytes.last().copied().is_some_and(plain)
    };
    let last_fits = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    !labels.is_empty() && labels.iter().all(label_fits) && last_fits
}

pub(super) struct Moment {
    pub at: Timestamp,
    pub written: String,
}

/// `2026-12-01T09:30:00.25+01:00`: a time is required, seconds and zone are not; no zone is UTC. Written again
/// with both, microseconds only when there are any.
pub(super) fn date_time(value: &Value) -> Result<Moment, Fault> {
    let text = value.as_str().ok_or(Fault::Kind)?;
    read_date_time(text).ok_or(Fault::Form)
}

fn read_date_time(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(['T', ' '])?;
    let date = read_date(date)?;
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, "Z"),
    };
    let offset = if zone == "Z" { 0 } else { read_offset(zone)? };
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(c, f)| (c, Some(f)));
    let mut fields = clock.split(':');
    let hour = digits(fields.next()?, 1..=2)?;
    let minute = digits(fields.next()?, 1..=2)?;
    let second = fields.next();
    if fields.next().is_some() || (second.is_none() && fraction.is_some()) {
        return None;
    }
    let second = second.map_or(Some(0), |second| digits(second, 1..=2))?;
    let micros = fraction.map_or(Some(0), read_micros)?;
    let time = civil::Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        i32::try_from(micros).ok()? * 1000,
    )
    .ok()?;
    let local = DateTime::from_parts(date, time);
    let at = Offset::from_seconds(offset).ok()?.to_timestamp(local).ok()?;
    Some(Moment { at, written: write_date_time(local, micros, offset) })
}

fn write_date_time(local: DateTime, micros: u32, offset: i32) -> String {
    let mut written = local.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    if micros > 0 {
        written.push_str(&format!(".{micros:06}"));
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.abs() / 60;
    written.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    written
}

/// Year, month and day; the last two may lack their zero.
pub(super) fn read_date(text: &str) -> Option<civil::Date> {
    let mut fields = text.split('-');
    let year = digits(fields.next()?, 4..=4)?;
    let month = digits(fields.next()?, 1..=2)?;
    let day = digits(fields.next()?, 1..=2)?;
    if fields.next().is_some() || year == 0 {
        return None;
    }
    civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `+01`, `+01:00`, `+0100`, in seconds.
fn read_offset(zone: &str) -> Option<i32> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let rest = zone.get(1..)?;
    let (hours, minutes) = rest.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let hours = digits(hours, 2..=2)?;
    let minutes = if rest.len() == 2 { 0 } else { digits(minutes, 2..=2)? };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = SignedDuration::from_mins(i64::from(hours * 60 + minutes)).as_secs();
    Some(sign * i32::try_from(seconds).ok()?)
}

/// Up to six digits count, more are cut off.
fn read_micros(fraction: &str) -> Option<u32> {
    let whole = digits(&fraction[..fraction.len().min(6)], 1..=6)?;
    fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let missing = 6_u32.saturating_sub(u32::try_from(fraction.len()).ok()?);
    Some(whole * 10_u32.pow(missing))
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let fits = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_address_has_a_scheme_and_a_real_host() {
        for good in [
            "http://localhost:5000/questionnaire",
            "https://surveys.ons.gov.uk",
            "http://upstream.url",
            "ftp://10.0.0.1/x?y=z",
            "https://user:pass@example.org:8443/a",
            "http://[::1]:80/",
            "https://example.org?a=b",
            "HTTPS://Example.Org",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "",
            "http://",
            "http://eq",
            "https://a.b.c",
            "gopher://example.org",
            "example.org",
            "http://exa mple.org",
            "http://-a.org",
            "http://a..org",
            "http://example.org:port",
            "http://[::1",
            "javascript:alert(1)",
            "http://example.org/a b",
            "http://example.org#top",
            "http://.org",
            "//example.org",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }

    #[test]
    fn a_date_time_is_written_again_with_seconds_and_zone() {
        for (given, written, second) in [
            ("2026-12-01T09:30:00Z", "2026-12-01T09:30:00+00:00", 1_796_117_400),
            ("2026-12-01 09:30", "2026-12-01T09:30:00+00:00", 1_796_117_400),
            ("2026-12-1T9:30:00.25+01:00", "2026-12-01T09:30:00.250000+01:00", 1_796_113_800),
            ("2026-12-01T09:30:00.1234567-0130", "2026-12-01T09:30:00.123456-01:30", 1_796_122_800),
            ("2026-12-01T09:30:00+02", "2026-12-01T09:30:00+02:00", 1_796_110_200),
        ] {
            let read = read_date_time(given).unwrap();
            assert_eq!((read.written.as_str(), read.at.as_second()), (written, second), "{given}");
        }
        for bad in [
            "2026-12-01",
            "2026-12-01T",
            "2026-13-01T00:00",
            "2026-02-30T00:00",
            "2026-12-01T25:00",
            "2026-12-01T09:30:00+25:00",
            "2026-12-01T09:30:00 +01:00",
            "26-12-01T09:30",
            "2026-12-01T09:30.5",
            "2026-12-01T09:30:00.",
            "2026-12-01T09:30:00+1",
            "2026-12-01T09:3é:00",
            "tomorrow",
            "",
        ] {
            assert!(read_date_time(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_uuid_may_be_spelt_in_any_way() {
        let id = "5ff879e6-f0ae-4335-a268-951a80994311";
        for spelt in [
            id,
            "5FF879E6F0AE4335A268951A80994311",
            "{5ff879e6-f0ae-4335-a268-951a80994311}",
            "urn:uuid:5ff879e6-f0ae-4335-a268-951a80994311",
        ] {
            assert_eq!(lenient_uuid(spelt).unwrap().to_string(), id, "{spelt}");
        }
        for bad in
            ["", "5ff879e6", "5ff879e6-f0ae-4335-a268-951a8099431g", "5ff879e6-f0ae-4335-a268-951a809943110"]
        {
            assert!(lenient_uuid(bad).is_none(), "{bad}");
        }
    }
}
