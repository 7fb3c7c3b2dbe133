//! The configuration that a page passes to the wizard for one of its elements.

use postern_protocol::json::{self, FromJson, Reader};

/// The console message for a configuration that is not valid.
const UNFIT: &str = "postern: the configuration may have api, assets, language, tenantName, helpUrl, name, tenant and via, \
                     which are strings, and ownsPage, which is true or false";

/// The second argument of `mount`; every member is optional.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// The address of the service's API.
    pub(crate) api: String,
    /// The address of the wizard's own files (catalogs, the worker); relative to the page.
    pub(crate) assets: String,
    /// BCP 47 tag of the initial language. It takes precedence over all other preferences.
    pub(crate) language: Option<String>,
    /// The name of the organisation, shown before the person has entered their identifier.
    pub(crate) tenant_name: Option<String>,
    /// The helpdesk before the person has entered their identifier: an `https:` or a `mailto:`
    /// address.
    pub(crate) help_url: Option<String>,
    /// Whether the wizard owns the page: it may then use the title, the address and the history,
    /// and set the language of the page.
    pub(crate) owns_page: bool,
    /// Distinguishes several wizards on one page in the tab's storage.
    pub(crate) name: String,
    /// A domain of the organisation that owns the page: a user name without `@` belongs to this
    /// domain.
    pub(crate) tenant: Option<String>,
    /// The origin of the person's visit, as JSON: `via` of `POST /attempts`, which receives it
    /// unchanged.
    pub(crate) via: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            // Relative to the page, as the page can be at any path.
            api: "api/v1".to_owned(),
            assets: "./".to_owned(),
            language: None,
            tenant_name: None,
            help_url: None,
            owns_page: false,
            name: "wizard".to_owned(),
            tenant: None,
            via: None,
        }
    }
}

impl Config {
    /// Parses the value that the page passed: a plain object, or nothing.
    ///
    /// # Errors
    ///
    /// For an unknown member or a member of the wrong type, the list of permitted members, for the
    /// console of the portal's developer.
    pub(crate) fn parse(json: Option<&str>) -> Result<Self, &'static str> {
        match json {
            None => Ok(Self::default()),
            Some(json) => json::from_str(json).ok_or(UNFIT),
        }
    }
}

impl FromJson for Config {
    fn from_json(from: Reader<'_>) -> Self {
        let mut config = Self::default();
        for (name, value) in from.members() {
            match name {
                "api" => config.api = FromJson::from_json(value),
                "assets" => config.assets = FromJson::from_json(value),
                "language" => config.language = FromJson::from_json(value),
                "tenantName" => config.tenant_name = FromJson::from_json(value),
                "helpUrl" => config.help_url = FromJson::from_json(value),
                "ownsPage" => config.owns_page = FromJson::from_json(value),
                "name" => config.name = FromJson::from_json(value),
                "tenant" => config.tenant = FromJson::from_json(value),
                "via" => config.via = FromJson::from_json(value),
                _ => from.misfit(),
            }
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_passed_means_the_defaults() {
        let config = Config::parse(None).expect("the defaults are fine");
        assert_eq!((config.api.as_str(), config.owns_page), ("api/v1", false));
    }

    #[test]
    fn a_member_that_does_not_exist_is_refused_with_those_that_do() {
        let error =
            Config::parse(Some(r#"{"langauge":"nl"}"#)).expect_err("there is no such member");
        assert!(error.contains("language"), "{error}");
    }
}
