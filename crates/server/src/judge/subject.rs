//! What is judged: an attempt with what is counted of its subject, its tenant and its account.

use postern_engine::account::AccountId;
use postern_engine::{Account, Input, Ledger, SubjectKey, Tenant, alias, subject_key};

use super::Judge;
use super::failure::Unanswered;
use crate::settings::Settings;
use crate::store::{Kept, Versioned};

/// What is judged.
pub(super) struct Subject<'a> {
    pub(super) kept: Option<Kept>,
    pub(super) ledger: Versioned<Ledger>,
    pub(super) tenant: Option<&'a Tenant>,
    pub(super) account: Option<Account>,
    /// Wrong tries of a day under the identifier that was typed, where an attempt begins.
    pub(super) failures: usize,
}

impl Judge {
    /// What the context of a judgement needs.
    pub(super) async fn subject<'a>(
        &self,
        kept: Option<Kept>,
        input: &Input,
        settings: &'a Settings,
    ) -> Result<Subject<'a>, Unanswered> {
        if let Some(kept) = kept {
            let case = kept.attempt.value.case();
            let tenant = case.and_then(|case| settings.tenant_kept_as(case.domain()));
            let id = case.and_then(|case| case.account());
            let account = match tenant {
                // The directory is asked for a decoy too, so that a decoy takes as long as an
                // account, and by what the attempt is known by, so that the same account stands in
                // for it as at the beginning.
                Some(tenant) if input.needs_account() => {
                    let subject = case.map_or("", |case| case.subject_key().as_str());
                    let no_account = AccountId(subject.to_owned());
                    let found = self.directory.account(tenant, id.unwrap_or(&no_account));
                    found.await?.filter(|_| id.is_some())
                }
                Some(_) | None => None,
            };
            return Ok(Subject {
                ledger: kept.ledger.clone(),
                kept: Some(kept),
                tenant,
                account,
                failures: 0,
            });
        }
        let mut subject = Subject {
            kept: None,
            ledger: Versioned::default(),
            tenant: None,
            account: None,
            failures: 0,
        };
        if let Input::Identify(identify) = input
            && let Ok((identifier, tenant)) = settings.locate(identify)
        {
            subject.tenant = Some(tenant);
            subject.account = self.directory.find(tenant, &identifier).await?;
            let (tenant, account) = (subject.tenant, subject.account.as_ref());
            let name: SubjectKey = subject_key(self.keys.first(), tenant, account, &identifier);
            subject.ledger = self.store.ledger(&name).await?;
            let alias = alias(self.keys.first(), tenant, &identifier);
            subject.failures = subject.ledger.value.failures_under(alias, self.clock.now());
        }
        Ok(subject)
    }
}
