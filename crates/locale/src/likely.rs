//! Facts of Unicode CLDR about the languages that Postern may offer: which ranges mean a language
//! though cutting off their ends does not lead to its tag.

/// Tags, each with the ranges that mean it. A range may be the language alone, if the tag is its
/// likely variant. The sources are CLDR's likelySubtags (scripts), parentLocales (Portuguese) and
/// languageAlias (old tags); `tests/likely.rs` compares this table with them.
pub(crate) const LIKELY: [(&str, &[&str]); 12] = [
    ("fa", &["prs"]),
    ("fil", &["tl"]),
    ("he", &["iw"]),
    ("id", &["in"]),
    // Who reads Nynorsk reads Bokmål.
    ("nb", &["no", "nn"]),
    ("pt-BR", &["pt"]),
    (
        "pt-PT",
        &[
            "pt-AO", "pt-CH", "pt-CV", "pt-FR", "pt-GQ", "pt-GW", "pt-LU", "pt-MO", "pt-MZ",
            "pt-ST", "pt-TL",
        ],
    ),
    ("ro", &["mo"]),
    ("sr-Cyrl", &["sr"]),
    ("sr-Latn", &["sh", "sr-ME", "sr-RO", "sr-TR"]),
    ("zh-Hans", &["zh", "cmn"]),
    (
        "zh-Hant",
        &[
            "zh-AU", "zh-BN", "zh-GB", "zh-GF", "zh-HK", "zh-ID", "zh-MO", "zh-PA", "zh-PF",
            "zh-PH", "zh-SR", "zh-TH", "zh-TW", "zh-US", "zh-VN", "cmn-Hant", "yue",
        ],
    ),
];
