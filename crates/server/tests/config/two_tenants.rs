//! Tests of what two tenants have, and only one may have: each error is reported once, at its
//! place.

use super::at_once::{places, small, told};

/// Each list contains tenants: their domains, or their id and their domains.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_two_tenants_have_is_told_where_it_stands_and_once() {
    let taken = "another tenant already has";
    let twice = "is in the list twice";
    let of_another = "is a domain of another tenant";
    for (tenants, wrong, reason) in [
        (
            vec!["domains = ['a.example']", "domains = ['A.example']"],
            vec!["'A.example'"],
            taken,
        ),
        (
            vec![
                "domains = ['a.example']",
                "domains = ['A.example']",
                "domains = ['A.EXAMPLE']",
            ],
            vec!["'A.example'", "'A.EXAMPLE'"],
            taken,
        ),
        (
            vec![
                "domains = ['b.example', 'a.example']",
                "domains = [\n  'c.example',\n  'A.example',\n  'B.example',\n]",
            ],
            vec!["'A.example'", "'B.example'"],
            taken,
        ),
        (
            vec![
                "domains = ['xn--mnchen-3ya.example']",
                "domains = ['münchen.example']",
                "domains = ['MÜNCHEN.example']",
            ],
            vec!["'münchen.example'", "'MÜNCHEN.example'"],
            taken,
        ),
        (
            vec!["domains = ['a.example', 'b.example', 'A.example', 'A.EXAMPLE']"],
            vec!["'A.example'", "'A.EXAMPLE'"],
            twice,
        ),
        (
            vec!["domains = ['münchen.example', 'MÜNCHEN.example', 'xn--mnchen-3ya.example']"],
            vec!["'MÜNCHEN.example'", "'xn--mnchen-3ya.example'"],
            twice,
        ),
        (
            vec![
                "id = 'bank'\ndomains = ['a.example']",
                "id = \"bank\"\ndomains = ['b.example']",
            ],
            vec!["\"bank\""],
            taken,
        ),
        (
            vec![
                "id = \"b.example\"\ndomains = ['a.example']",
                "domains = ['b.example']",
            ],
            vec!["\"b.example\""],
            of_another,
        ),
        (
            vec![
                "domains = ['c.example', 'b.example']",
                "id = \"b.example\"\ndomains = ['a.example']",
            ],
            vec!["\"b.example\""],
            of_another,
        ),
        (
            vec![
                "id = 'a.example'\ndomains = ['a.example']",
                "domains = ['A.example']",
            ],
            vec!["'A.example'"],
            taken,
        ),
        (
            vec![
                "id = 'a.example'\ndomains = ['a.example']",
                "id = \"a.example\"\ndomains = ['b.example']",
            ],
            vec!["\"a.example\""],
            taken,
        ),
    ] {
        let tenants = tenants
            .iter()
            .map(|tenant| format!("[[tenants]]\nname = \"Contoso\"\n{tenant}\n"))
            .collect::<Vec<_>>()
            .concat();
        let mail = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n";
        let text = small("", &format!("{mail}{tenants}"));
        let told = told(&text);
        let found: Vec<_> = told.iter().map(|(line, at, _)| (*line, *at)).collect();
        assert_eq!(found, places(&text, &wrong), "{tenants}{told:?}");
        let is_told = |(.., told): &(usize, usize, String)| told.contains(reason);
        assert!(told.iter().all(is_told), "{told:?}");
    }
}

#[test]
fn what_two_tenants_have_is_told_with_all_else_that_is_wrong() {
    let text = "base-path = 1\n\
        [[tenants]]\nid = 'bank'\ndomains = ['a.example', 'no domain']\n\
        [[tenants]]\nid = \"bank\"\nname = \"Contoso\"\ndomains = ['b.example', 'A.example']\n";
    let told = told(text);
    let told: Vec<&str> = told.iter().map(|(.., told)| told.as_str()).collect();
    for reason in [
        "public-url is missing",
        "base-path: ",
        "\"no domain\" is not a domain",
        "name is missing",
        "another tenant already has the id bank",
        "another tenant already has the domain a.example",
    ] {
        let count = told.iter().filter(|told| told.contains(reason)).count();
        assert_eq!(count, 1, "{reason}: {told:?}");
    }
}
