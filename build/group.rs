//! The groups of messages, each with its own file in the folder of a language.

/// The part of the product that uses a message. Each group of a language has its own file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Group {
    /// The plain page, without any script. No script fetches the words of this group.
    Page,
    /// The wizard.
    Reset,
    /// The demo beside the wizard.
    Demo,
    /// Mails, texts and calls: of the server, and of the demo.
    Letters,
}

impl Group {
    /// All groups, in the order in which languages are compiled.
    pub(crate) const ALL: [Self; 4] = [Self::Page, Self::Reset, Self::Demo, Self::Letters];

    /// The name of the group's file in the folder of a language.
    pub(crate) const fn file(self) -> &'static str {
        match self {
            Self::Page => "page.ftl",
            Self::Reset => "reset.ftl",
            Self::Demo => "demo.ftl",
            Self::Letters => "letters.ftl",
        }
    }

    /// The first part of the name of a compiled file.
    pub(crate) const fn stem(self) -> &'static str {
        match self {
            Self::Page => "page-words",
            Self::Reset => "words",
            Self::Demo => "demo-words",
            Self::Letters => "letter-words",
        }
    }

    /// The path of the group's file of a language, below `locales/`.
    pub(crate) fn path(self, tag: &str) -> String {
        format!("{tag}/{}", self.file())
    }
}
