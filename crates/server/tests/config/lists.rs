//! Tests of a list in the place of a table.

use super::at_once::{places, small, told};
use super::parse;

/// Otherwise the parser would read a list as the values of the table's keys.
#[test]
fn a_list_in_the_place_of_a_table_is_told_as_one() {
    let whole = small("", "");
    let (root, _) = whole.split_once("[store]").expect("it has a store");
    let tenant = "[[tenants]]\nname = \"Contoso\"\ndomains = [\"contoso.example\"]\n";
    let mail = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n";
    let of_tenant = |line: &str| small("", &format!("{mail}{tenant}{line}"));
    for (key, text) in [
        ("store", format!("{root}store = [1]\n")),
        ("store", format!("{root}store = [\"sqlite:///x\"]\n")),
        ("delivery", small("delivery = [1]", "")),
        (
            "twilio",
            small(
                "",
                "[delivery.texts]\ntwilio = [\"AC0\", { env = \"PATH\" }, \"+1\"]",
            ),
        ),
        (
            "gateway",
            small("", "[delivery.texts]\ngateway = [\"https://sms.example\"]"),
        ),
        ("metrics", small("", "[http]\nmetrics = [\"127.0.0.1:1\"]")),
        ("policy", of_tenant("policy = [[\"email\"]]")),
        (
            "identity",
            of_tenant(
                "[tenants.policy]\ngates-required = 1\nmethods = [\"email\"]\n[tenants.policy.throttles]\nidentity = [5, 60]",
            ),
        ),
    ] {
        let told = told(&text);
        let place = places(&text, &[&format!("{key} = ")])[0];
        let column = place.1 + key.len() + " = ".len();
        let wanted = (
            place.0,
            column,
            format!("{key}: expected a table, not a list"),
        );
        assert_eq!(told, [wanted], "{text}");
    }
}

/// Here too the parser would read it as the values of the keys.
#[test]
fn a_list_in_a_list_of_tables_is_told_as_one() {
    let mail = "[delivery.mail]\nhost = \"localhost\"\nfrom = \"a@contoso.example\"\n";
    let tenant = "[[tenants]]\nname = \"Contoso\"\ndomains = [\"contoso.example\"]\n";
    let administrators = |list: &str| {
        small(
            "",
            &format!("{mail}{tenant}[tenants.administrators]\n{list}"),
        )
    };
    let whole = "{ account = \"helpdesk\", email = \"helpdesk@contoso.example\" }";
    let cases = [
        (
            "tenants",
            small("tenants = [[\"x\"], [\"y\"]]", ""),
            vec!["[\"x\"]", "[\"y\"]"],
        ),
        (
            "helpdesk",
            administrators(&format!(
                "helpdesk = [[\"x\"], {whole}, [\"y\", \"y@contoso.example\"]]"
            )),
            vec!["[\"x\"]", "[\"y\""],
        ),
        (
            "user",
            administrators("user = [[\"x\", \"x@contoso.example\"]]"),
            vec!["[\"x\""],
        ),
        (
            "global",
            administrators("global = [[[\"x\"]]]"),
            vec!["[[\"x\""],
        ),
    ];
    for (key, text, lists) in cases {
        let reason = format!("{key}: expected a table, not a list");
        let wanted = places(&text, &lists).into_iter();
        let wanted: Vec<_> = wanted
            .map(|(line, column)| (line, column, reason.clone()))
            .collect();
        assert_eq!(told(&text), wanted, "{text}");
    }
}

/// The JSON for a gateway may contain any lists.
#[test]
fn a_list_in_a_list_is_taken_where_no_table_is_meant() {
    let text = small(
        "",
        "[delivery.texts.gateway]\nurl = \"https://sms.example/\"\njson = [[\"{to}\"], [{ store = [\"{text}\"] }]]",
    );
    assert_eq!(parse(&text).err(), None, "{text}");
}
