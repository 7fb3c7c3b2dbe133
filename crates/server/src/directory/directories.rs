//! Chooses the directory of a tenant.

use std::collections::BTreeMap;
use std::sync::Arc;

use postern_engine::Tenant;

use super::Directory;

/// The directories of all tenants.
#[derive(Clone)]
pub struct Directories {
    usual: Arc<dyn Directory>,
    /// Directories of single tenants, by the tenant's id.
    own: BTreeMap<String, Arc<dyn Directory>>,
}

impl Directories {
    /// One directory for all tenants.
    pub fn one(usual: Arc<dyn Directory>) -> Self {
        Self {
            usual,
            own: BTreeMap::new(),
        }
    }

    /// The directory of a tenant.
    pub fn of(&self, tenant: &Tenant) -> &dyn Directory {
        let own = self.own.get(tenant.id());
        own.unwrap_or(&self.usual).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use postern_engine::account::AccountId;
    use postern_engine::{Account, EngineKey};

    use super::*;
    use crate::directory::BuiltIn;
    use crate::store::temporary;

    #[tokio::test]
    async fn a_tenant_has_its_own_directory_or_else_the_usual_one() {
        let key = EngineKey::new([42; 32]);
        let (mut folders, mut built_in) = (Vec::new(), Vec::new());
        for people in [["ada", "bob"], ["bob", "cas"]] {
            let (folder, store) = temporary::store(&key).await;
            folders.push(folder);
            let directory = BuiltIn::new(store, &key);
            for (tenant, person) in ["contoso.example", "bank.example"]
                .into_iter()
                .flat_map(|tenant| people.map(|person| (tenant, person)))
            {
                let account = Account::new(person, &format!("{person}@{tenant}"));
                directory
                    .put(tenant, &account)
                    .await
                    .expect("there is room");
            }
            built_in.push(Arc::new(directory));
        }
        let directories = Directories {
            usual: built_in[0].clone(),
            own: BTreeMap::from([("bank.example".to_owned(), built_in[1].clone() as Arc<_>)]),
        };
        for (tenant, person, is_there) in [
            ("contoso.example", "ada", true),
            ("contoso.example", "bob", true),
            ("contoso.example", "cas", false),
            ("bank.example", "ada", false),
            ("bank.example", "bob", true),
            ("bank.example", "cas", true),
            ("clinic.example", "bob", false),
        ] {
            let tenant = Tenant::new(tenant, "An organisation");
            let directory = directories.of(&tenant);
            let found = directory.person(&tenant, &AccountId(person.into())).await;
            let found = found.expect("an answer").is_some();
            assert_eq!(found, is_there, "{person} of {}", tenant.id());
        }
    }
}
