//! Keeps spreadsheets from reading texts in a CSV as formulas.

/// First characters of a formula in a spreadsheet. In some languages full-width signs count as
/// well.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Characters after which a cell may begin: separators of all countries, quotation marks and line
/// ends. Which of them applies depends on the computer that opens the file.
const BEGINNINGS: [char; 8] = [';', ',', '\t', '|', '"', '\'', '\r', '\n'];

/// Characters that must not begin a text either.
const LEADING: [char; 3] = ['\t', '\r', '\n'];

/// The mark before a text that a spreadsheet must not read as a formula.
const MARK: char = '\'';

/// A text that no spreadsheet reads as a formula, in any country (OWASP, "CSV Injection").
pub(crate) fn defused(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(LEADING) {
        safe.push(MARK);
    }
    let mut begins = true;
    for character in text.chars() {
        if begins && SIGNS.contains(&character) {
            safe.push(MARK);
        }
        begins = begins_behind(character, begins);
        safe.push(character);
    }
    safe
}

/// Whether a cell may begin after a character. Some spreadsheets skip blanks.
fn begins_behind(character: char, begins: bool) -> bool {
    BEGINNINGS.contains(&character) || (begins && character.is_whitespace())
}

/// Reverses [`defused`]. Any other text stays as it is, except that an apostrophe before what looks
/// like a formula is removed.
pub(crate) fn restored(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut begins = true;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let is_marked =
            |next: &char| SIGNS.contains(next) || (plain.is_empty() && LEADING.contains(next));
        if begins && character == MARK && rest.peek().is_some_and(is_marked) {
            begins = rest.peek().is_some_and(|next| LEADING.contains(next));
            plain.extend(rest.next());
        } else {
            begins = begins_behind(character, begins);
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_text() {
        for formula in ["=1+1", "+31", "-1", "@SUM(A1)", "＝1"] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        for text in ["ada@contoso.example", "a=b", "o'brien@contoso.example", ""] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn no_formula_begins_behind_a_separator_of_any_country() {
        for (text, safe) in [
            ("x;=1+1;@contoso.example", "x;'=1+1;'@contoso.example"),
            ("\t=1", "'\t'=1"),
            ("x\t=1", "x\t'=1"),
            ("x,+1", "x,'+1"),
            ("x|-1", "x|'-1"),
            ("x\"=1", "x\"'=1"),
            ("x\";\"=1", "x\";\"'=1"),
            ("x\n=1", "x\n'=1"),
            ("x; =1", "x; '=1"),
            (" =1", " '=1"),
        ] {
            assert_eq!(defused(text), safe);
        }
    }

    #[test]
    fn a_text_that_was_defused_is_read_as_it_was() {
        for text in [
            "",
            "=1+1",
            "+44 7700 900123",
            "-",
            "@",
            "'",
            "'=1",
            "''=1",
            "'''+31",
            "a'=b",
            "a''=b",
            "o'brien",
            "\t=1",
            "\r\n=1",
            "\t",
            "x;=1;'+2;''-3",
            "x; =1",
            "\";\"=1",
            "＝1;＋2",
            "x\n'\n=1",
            " ' =1",
            "Jean '-Luc",
        ] {
            assert_eq!(restored(&defused(text)), text, "{text:?}");
        }
        // Tries all texts of the relevant characters, of up to five characters. A text that begins
        // with an apostrophe and a control character looks like a defused one, but no field has
        // such a text.
        let letters = ['=', '\'', ';', ' ', '\t', 'a', '"', '+'];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            let longer = texts
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")));
            texts = longer.chain([String::new()]).collect();
            for text in texts.iter().filter(|text| !text.starts_with("'\t")) {
                assert_eq!(&restored(&defused(text)), text, "{text:?}");
                assert!(!defused(text).starts_with(SIGNS) && !defused(text).starts_with(LEADING));
            }
        }
    }

    #[test]
    fn what_was_never_defused_stays_but_for_the_mark_of_a_text() {
        for (text, read) in [
            ("'=1+1", "=1+1"),
            ("'+44 7700 900123", "+44 7700 900123"),
            ("ada;'@b", "ada;@b"),
            ("'07700 900123", "'07700 900123"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("a'=b", "a'=b"),
            ("rock '+ roll", "rock '+ roll"),
            ("'", "'"),
            ("=1", "=1"),
        ] {
            assert_eq!(restored(text), read);
        }
    }
}
