//! What a page tells the wizard that it puts into one of its elements.

use crate::json::{self, FromJson, Reading};

/// What the console says of a configuration that does not fit.
const UNFIT: &str = "postern: the configuration may have api, assets, language, tenantName, helpUrl, name, tenant and via, \
                     which are strings, and ownsPage, which is true or false";

/// The second argument of `mount`; every member may be left out.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Where the service's API is.
    pub(crate) api: String,
    /// Where the wizard's own files are (catalogs, the worker); relative to the page.
    pub(crate) assets: String,
    /// BCP 47 tag: the language to begin in, above all other wishes.
    pub(crate) language: Option<String>,
    /// What the organisation calls itself, before the person has said who they are.
    pub(crate) tenant_name: Option<String>,
    /// The helpdesk, before the person has said who they are: an `https:` or a `mailto:` address.
    pub(crate) help_url: Option<String>,
    /// Whether the page is the wizard's own: it may then use the title, the address and the
    /// history, and set the language of the page.
    pub(crate) owns_page: bool,
    /// Tells several wizards on one page apart in the tab's storage.
    pub(crate) name: String,
    /// A domain of the organisation whose page this is: a user name without `@` belongs to it.
    pub(crate) tenant: Option<String>,
    /// How the person came here, as JSON: `via` of `POST /attempts`, which gets it as it is.
    pub(crate) via: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            // Relative to the page, as the page may be under any path.
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
    /// Reads what the page passed: a plain object, or nothing.
    ///
    /// # Errors
    ///
    /// What may be passed, for the portal developer's console, when there is an unknown member or
    /// one of the wrong type.
    pub(crate) fn parse(json: Option<&str>) -> Result<Self, &'static str> {
        match json {
            None => Ok(Self::default()),
            Some(json) => json::from_str(json).ok_or(UNFIT),
        }
    }
}

impl FromJson for Config {
    fn from_json(from: Reading<'_>) -> Self {
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
