//! Tests of the groups of the built-in accounts and their members, on each store.

#![expect(
    clippy::unwrap_used,
    reason = "a store that fails here fails its test, and says why"
)]

use std::sync::Arc;

use crate::support::{Database, key};
use postern_engine::account::AccountId;
use postern_engine::{Account, Identifier, Person, Tenant};
use postern_server::directory::{BuiltIn, Directory};
use postern_server::store::SqlStore;
use sqlx::{Connection, Executor};

const DOMAIN: &str = "contoso.example";

on_each_store![
    |database| (super::accounts(&database).await, &database.url);
    a_member_of_a_group_is_in_every_group_that_it_is_in,
    names_of_groups_are_compared_without_case_in_every_script,
    a_group_is_one_however_its_name_is_written,
    names_that_were_kept_before_are_folded_anew,
    groups_that_contain_each_other_do_no_harm,
    a_group_of_one_tenant_is_none_of_anothers,
    an_account_that_is_put_again_is_in_its_groups_of_now,
    no_more_groups_are_looked_at_than_a_directory_has,
];

async fn accounts(database: &Database) -> BuiltIn {
    BuiltIn::new(Arc::new(database.open().await), key())
}

async fn put(accounts: &BuiltIn, domain: &str, groups: &[&str]) {
    let account = Account::from(Person {
        groups: names(groups),
        ..Person::new("ada", &format!("ada@{domain}"))
    });
    accounts.put(domain, &account).await.unwrap();
}

async fn nest(accounts: &BuiltIn, group: &str, members: &[&str]) {
    accounts.nest(DOMAIN, group, &names(members)).await.unwrap();
}

/// The groups that the judge receives, which are the same by name and by identifier.
async fn groups(accounts: &BuiltIn, domain: &str) -> Vec<String> {
    let tenant = Tenant::new(domain, "Contoso");
    let identifier = Identifier::parse(&format!("ada@{domain}")).unwrap();
    let found = accounts.find(&tenant, &identifier).await.unwrap().unwrap();
    let named = accounts.person(&tenant, &AccountId("ada".into())).await;
    assert_eq!(found.groups, named.unwrap().unwrap().groups);
    found.groups
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

async fn a_member_of_a_group_is_in_every_group_that_it_is_in(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["nurses", "choir"]).await;
    nest(&accounts, "ward", &["nurses", "doctors"]).await;
    nest(&accounts, "hospital", &["ward", "kitchen"]).await;
    assert_eq!(
        groups(&accounts, DOMAIN).await,
        ["choir", "hospital", "nurses", "ward"]
    );
    nest(&accounts, "ward", &["doctors"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["choir", "nurses"]);
    // The comparison of names ignores case, as directories and the policy do.
    nest(&accounts, "ward", &["Nurses"]).await;
    assert_eq!(
        groups(&accounts, DOMAIN).await,
        ["choir", "hospital", "nurses", "ward"]
    );
}

/// A name of a group, another name, and whether both mean the same group.
const NAMES: [(&str, &str, bool); 14] = [
    ("Staff", "sTAFF", true),
    ("ÄRZTE", "ärzte", true),
    ("A\u{308}rzte", "Ärzte", true),
    ("ΝΟΣΟΚΟΜΟΙ", "νοσοκομοι", true),
    ("ΙΑΤΡΟΣ", "ιατρος", true),
    ("STRAẞE", "straße", true),
    ("STRAẞE", "Strasse", true),
    ("МЕДСЁСТРЫ", "медсёстры", true),
    ("İZMİR", "izmir", true),
    ("ＳＴＡＦＦ", "staff", true),
    ("self\u{ad}-service", "Self-Service", true),
    ("ÄRZTE", "arzte", false),
    ("МЕДСЕСТРЫ", "медсёстры", false),
    ("ΙΑΤΡΟΣ", "ιατροι", false),
];

async fn names_of_groups_are_compared_without_case_in_every_script(accounts: BuiltIn, _: &str) {
    for (one, other, is_one) in NAMES {
        for (own, nested) in [(one, other), (other, one)] {
            put(&accounts, DOMAIN, &[own]).await;
            nest(&accounts, "Σ", &[nested]).await;
            nest(&accounts, "hospital", &["ς"]).await;
            let through: &[&str] = if is_one { &["hospital", "Σ"] } else { &[] };
            let mut wanted = names(&[&[own], through].concat());
            wanted.sort();
            assert_eq!(
                groups(&accounts, DOMAIN).await,
                wanted,
                "{nested} for {own}"
            );
        }
    }
}

async fn a_group_is_one_however_its_name_is_written(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["nurses"]).await;
    nest(&accounts, "ÄRZTEHAUS", &["nurses"]).await;
    nest(&accounts, "Ärztehaus", &["doctors"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["nurses"]);
    nest(&accounts, "ärztehaus", &["NURSES"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["nurses", "ärztehaus"]);
}

async fn names_that_were_kept_before_are_folded_anew(accounts: BuiltIn, url: &str) {
    put(&accounts, DOMAIN, &["ÄRZTE", "Staff"]).await;
    nest(&accounts, "STRAẞE", &["ärzte"]).await;
    nest(&accounts, "Hospital", &["strasse"]).await;
    nest(&accounts, "House", &["STAFF"]).await;
    let wanted = ["Hospital", "House", "STRAẞE", "Staff", "ÄRZTE"];
    assert_eq!(groups(&accounts, DOMAIN).await, wanted);
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    for forget in [
        "UPDATE members SET folded = NULL",
        "UPDATE nested_groups SET folded_member = NULL, folded_group = NULL",
    ] {
        connection.execute(forget).await.unwrap();
    }
    // A name with only ASCII letters is already correct, as if an older replica wrote it.
    let before = groups(&accounts, DOMAIN).await;
    assert!(before.contains(&"House".to_owned()), "{before:?}");
    SqlStore::open(url, 1, &key()).await.unwrap();
    assert_eq!(groups(&accounts, DOMAIN).await, wanted);
}

async fn groups_that_contain_each_other_do_no_harm(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["a"]).await;
    nest(&accounts, "b", &["a"]).await;
    nest(&accounts, "c", &["b", "c"]).await;
    nest(&accounts, "a", &["c"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["a", "b", "c"]);
}

async fn a_group_of_one_tenant_is_none_of_anothers(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["staff"]).await;
    put(&accounts, "fabrikam.example", &["staff"]).await;
    nest(&accounts, "everybody", &["staff"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["everybody", "staff"]);
    assert_eq!(groups(&accounts, "fabrikam.example").await, ["staff"]);
}

async fn an_account_that_is_put_again_is_in_its_groups_of_now(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["staff", "board"]).await;
    put(&accounts, DOMAIN, &["guests"]).await;
    assert_eq!(groups(&accounts, DOMAIN).await, ["guests"]);
    // A new password in the meantime does not change them.
    let id = AccountId("ada".into());
    accounts
        .give_password(DOMAIN, &id, "correct horse")
        .await
        .unwrap();
    assert_eq!(groups(&accounts, DOMAIN).await, ["guests"]);
}

async fn no_more_groups_are_looked_at_than_a_directory_has(accounts: BuiltIn, _: &str) {
    put(&accounts, DOMAIN, &["0"]).await;
    // All are in one group, so that the nearest come first.
    for number in 1..=1_030 {
        nest(&accounts, &number.to_string(), &["0"]).await;
    }
    let groups = groups(&accounts, DOMAIN).await;
    assert_eq!(groups.len(), 1_015);
    assert!(groups.contains(&"0".to_owned()));
}
