//! Finds a line by its key in a text of sorted lines, `key<TAB>rest`.

/// What follows the key and its tab.
pub(super) fn find(table: &'static str, key: &str) -> Option<&'static str> {
    let mut rest = table;
    while !rest.is_empty() {
        // The line around the middle. Both ends of it stand beside an ASCII line break, never inside a letter.
        let middle = rest.len() / 2;
        let start = rest.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = rest.as_bytes()[middle..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |at| middle + at);
        let (has, found) = rest[start..end].split_once('\t')?;
        rest = match key.cmp(has) {
            std::cmp::Ordering::Equal => return Some(found),
            std::cmp::Ordering::Less => &rest[..start],
            std::cmp::Ordering::Greater => rest.get(end + 1..).unwrap_or_default(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let table = "a\t1\nb\t2\t3\nc c\té\nd\t5\n";
        for (key, rest) in [
            ("a", Some("1")),
            ("b", Some("2\t3")),
            ("c c", Some("é")),
            ("d", Some("5")),
            ("c", None),
            ("", None),
            ("e", None),
        ] {
            assert_eq!(find(table, key), rest, "{key}");
        }
    }

    #[test]
    fn the_tables_are_sorted_so_that_every_line_is_found() {
        for table in [include_str!("../../data/units.tsv"), include_str!("../../data/currencies.tsv")] {
            for line in table.lines() {
                let (key, rest) = line.split_once('\t').unwrap_or_default();
                assert_eq!(find(table, key), Some(rest), "{key}");
            }
        }
    }
}
