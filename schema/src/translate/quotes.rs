//! Straight quotes and curly ones.

/// With straight quotes only, to compare by.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            other => other,
        })
        .collect()
}

/// With curly quotes only, but for those within tags: eQ's validator refuses straight ones.
pub(super) fn curly(text: &str) -> String {
    let mut curly = String::with_capacity(text.len());
    let mut is_in_tag = false;
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '<' => is_in_tag = true,
            '>' => is_in_tag = false,
            _ => {}
        }
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘' | '>');
        curly.push(match character {
            '\'' if !is_in_tag => {
                if opens {
                    '‘'
                } else {
                    '’'
                }
            }
            '"' if !is_in_tag => {
                if opens {
                    '“'
                } else {
                    '”'
                }
            }
            other => other,
        });
        before = character;
    }
    curly
}
