//! Tests of the content of a list, and of the output form of stored text.

use postern_engine::policy::{Policy, PolicySettings, Scope};
use postern_engine::{Account, Person};
use postern_protocol::Method;
use postern_server::cli::accounts::{Accounts, List, Show};
use postern_server::cli::audit::{Audit, ShowAudit};
use postern_server::cli::locks::{Lift, Locks, ShowLocks};
use postern_server::cli::{Actor, Session};

use super::kit::{CONTOSO, audit_said, locks_said, said, who};

/// Two people can pass a gate, one is not permitted, and others may reset but cannot.
pub(super) async fn those_who_may_reset_and_cannot_are_listed_with_why(
    mut session: Session,
    _: String,
) {
    let settings = PolicySettings {
        methods: vec![Method::Email, Method::MobileSms, Method::Questions],
        scope: Scope::Groups(vec!["Everyone".into()]),
        ..PolicySettings::default()
    };
    session.tenants[0].policy = Some(Policy::new(settings).unwrap());
    let accounts = session.accounts();
    accounts
        .nest(CONTOSO, "everyone", &["Staff".into()])
        .await
        .unwrap();
    for (id, group, mobile) in [
        ("1003", "staff", Some("+44 7912 345678")),
        ("1004", "staff", Some("+44 20 7946 0018")),
        ("1005", "STAFF", None),
        ("1006", "guests", None),
    ] {
        let account = Account::from(Person {
            groups: vec![group.into()],
            mobile: mobile.map(str::to_owned),
            ..Person::new(id, &format!("{id}@contoso.example"))
        });
        accounts.put(CONTOSO, &account).await.unwrap();
    }
    let list = |locked| {
        Accounts::List(List {
            tenant: Some(CONTOSO.into()),
            locked,
            unable: true,
        })
    };
    let why = |mobile: &str| {
        format!(
            "enabled passes no gate of the policy of contoso.example: no alternate email address, {mobile}, fewer than 3 questions\n"
        )
    };
    let listed = said(&session, list(false)).await.unwrap();
    assert_eq!(
        listed,
        format!(
            "contoso.example  1004  1004@contoso.example  {}contoso.example  1005  1005@contoso.example  {}",
            why("a mobile phone that no text reaches"),
            why("no mobile phone")
        )
    );
    // Ada, who is locked, has a phone.
    assert_eq!(said(&session, list(true)).await.unwrap(), "");
    session.is_json = true;
    let listed = said(&session, list(false)).await.unwrap();
    let lines: Vec<serde_json::Value> = listed
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(
        (lines.len(), &lines[1]["id"]),
        (2, &serde_json::json!("1005"))
    );
    assert!(
        lines[1]["unable"]
            .as_str()
            .unwrap()
            .starts_with("passes no gate"),
        "{listed}"
    );
    let listed = said(&session, Accounts::List(List::default()))
        .await
        .unwrap();
    assert!(!listed.contains("unable"), "{listed}");
}

/// A reason or a name in the data cannot create a new line or reverse another.
pub(super) async fn what_is_stored_is_printed_on_one_line_with_nothing_hidden(
    session: Session,
    _: String,
) {
    let hidden = "she\nwas \u{202e}here\u{1b}[2J";
    let shown = "she\\nwas \\u{202e}here\\u{1b}[2J";
    let eve = Account::from(Person {
        names: vec![hidden.into()],
        ..Person::new("1\n\u{202e}9", "eve@contoso.example")
    });
    session.accounts().put(CONTOSO, &eve).await.unwrap();
    let listed = said(&session, Accounts::List(List::default()))
        .await
        .unwrap();
    assert!(
        listed.contains("  1\\n\\u{202e}9  eve@contoso.example"),
        "{listed}"
    );
    let told = said(
        &session,
        Accounts::Show(Show {
            who: who("eve@contoso.example"),
        }),
    )
    .await
    .unwrap();
    assert!(told.contains(shown) && told.lines().count() == 17, "{told}");
    let lift = Locks::Lift(Lift {
        show: ShowLocks {
            identifier: "eve@contoso.example".into(),
            tenant: None,
        },
        reason: hidden.into(),
    });
    let told = locks_said(&session, lift).await.unwrap();
    assert!(
        told.starts_with("contoso.example 1\\n\\u{202e}9: there was no lock"),
        "{told}"
    );
    let session = Session {
        actor: Actor::of(Some("\u{202e}ecarG".into())),
        ..session
    };
    let again = Audit::Show(ShowAudit {
        what: "eve@contoso.example".into(),
    });
    audit_said(&session, again).await.unwrap();
    let again = Audit::Show(ShowAudit {
        what: "eve@contoso.example".into(),
    });
    let told = audit_said(&session, again).await.unwrap();
    assert!(told.contains(&format!("because: {shown}")), "{told}");
    assert!(!told.contains(['\u{202e}', '\u{1b}']), "{told}");
    for line in told.lines() {
        assert!(
            line.starts_with("20") && line.contains("  contoso.example  "),
            "{told}"
        );
    }
}
