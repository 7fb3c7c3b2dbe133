//! Runs the table of destinations. Adding a case needs no Rust.

use postern_phone::PhoneNumber;

#[test]
fn numbers_that_earn_or_that_no_person_answers_are_refused_and_no_other() {
    for line in include_str!("data/destinations.txt").lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let number: PhoneNumber = columns[0].parse().unwrap();
        let found = [
            number.to_string(),
            number.can_receive_text().to_string(),
            number
                .refused_as()
                .map_or(String::new(), |kind| kind.as_str().into()),
        ];
        assert_eq!(found[..], columns[..]);
    }
}
