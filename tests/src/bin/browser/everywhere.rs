//! The claims that run in every engine, each with the reason. All others run only in Chromium: the
//! wizard, the judge or the service decides their result, and these are the same in every engine.

use crate::engine::Engine;

/// A part of the names of claims, and the behaviour that differs between engines.
pub(crate) const IN_EVERY_ENGINE: [(&str, &str); 46] = [
    (
        "first_step::",
        "loading, the first paint, and the cursor in a field",
    ),
    (
        "resume::",
        "what a tab keeps, and pages that come back from a cache",
    ),
    ("restored::", "pages that come back from a cache"),
    ("history::back_and_forward_walk", "entries of the history"),
    (
        "history::coming_back_from_elsewhere",
        "pages that come back from a cache",
    ),
    (
        "offline::what_was_typed_stays",
        "how a lost connection is noticed",
    ),
    (
        "offline::the_demo_works_without_a_network",
        "service workers",
    ),
    (
        "languages::a_change_of_language",
        "fonts, plurals and dates",
    ),
    ("languages::numbers_and_addresses", "text in two directions"),
    (
        "languages::the_list_of_languages",
        "how lists to choose from are drawn",
    ),
    ("languages::arabic_has", "fonts"),
    (
        "languages::a_page_that_is_translated",
        "elements in the place of texts",
    ),
    ("account::what_was_typed_turns", "text in two directions"),
    ("account::a_number_is_in_one_line", "where lines are broken"),
    ("support::everything_is_copied", "the clipboard"),
    ("support::a_page_that_breaks", "traps of WebAssembly"),
    ("access::keys_alone", "the order of the keyboard"),
    (
        "access::the_focus_is_never_lost",
        "where the focus goes, and how it looks",
    ),
    ("codes::a_code_is_taken_however", "pasting"),
    (
        "passwords::a_password_can_be_shown",
        "fields whose type changes",
    ),
    ("passwords::what_is_shown", "the tables of Unicode"),
    (
        "phones::the_plans_come",
        "idle time, which WebKit does not tell of",
    ),
    ("journeys::a_code_by_text_message", "a whole journey"),
    ("journeys::two_gates_take", "a whole journey"),
    ("locks::an_attempt_ends_after", "timers"),
    ("embed::", "two wizards in a page"),
    ("element::in_a_hostile_page", "what a portal's styles reach"),
    ("element::in_a_shadow_root", "shadow roots"),
    ("element::the_portals_own_elements", "what our styles reach"),
    ("element::the_keyboard", "the order of the keyboard"),
    ("element::what_", "scrolling, and where the focus goes"),
    (
        "element::the_organisation_has_its_picture",
        "the size of a drawing that says none",
    ),
    (
        "element::a_picture_that",
        "pictures that could not be loaded",
    ),
    ("element::moved_in_mid_flow", "elements that are moved"),
    ("element::taken_out", "elements that are moved"),
    ("element::a_wizard_that", "modules that could not be loaded"),
    (
        "element::without_constructed_sheets",
        "style sheets that scripts make",
    ),
    (
        "element::a_copy_at",
        "modules, workers and wasm of another origin",
    ),
    ("element::a_copy_that", "integrity"),
    (
        "element::of_two_versions",
        "elements that are defined twice",
    ),
    ("element::a_whole_reset", "a whole journey"),
    (
        "frame::",
        "frames: their storage, their focus and their messages",
    ),
    ("portal::a_text_lets", "a whole journey at another site"),
    ("portal::the_way_by_redirect", "redirects"),
    (
        "portal::the_organisations_colours_and_picture",
        "pictures in a frame that lets in nothing without leave",
    ),
    (
        "replicas::a_page_of_another_build",
        "pages that load themselves again",
    ),
];

/// Why Firefox's driver cannot run a claim: it runs scripts apart from the page, which keeps its
/// own clock and objects.
const APART: &str = "Firefox's driver cannot change the clock or the objects of a page";
/// Why WebKitGTK's driver cannot run a claim about a frame far down its page.
const OUT_OF_VIEW: &str = "WebKitGTK's driver types into no field of a frame that is out of view";

/// The claims that an engine cannot run, and why.
pub(crate) const NOT_IN: [(Engine, &str, &str); 6] = [
    (
        Engine::Firefox,
        "restored::a_code_that_expired_meanwhile",
        APART,
    ),
    (
        Engine::Firefox,
        "restored::an_attempt_whose_time_is_over",
        APART,
    ),
    (
        Engine::Firefox,
        "element::what_comes_by_itself_leaves",
        APART,
    ),
    (Engine::Firefox, "element::what_a_page_makes_of_all", APART),
    (
        Engine::Firefox,
        "frame::an_attempt_whose_time_is_over",
        APART,
    ),
    (
        Engine::Webkit,
        "frame::the_heading_of_a_step_is_seen",
        OUT_OF_VIEW,
    ),
];

/// Why a claim cannot run in this engine. `None` if it can.
pub(crate) fn reason_against(claim: &str, engine: Engine) -> Option<&'static str> {
    let is_meant = |(of, part, _): &&(Engine, &str, &str)| *of == engine && claim.contains(part);
    let found = NOT_IN.iter().find(is_meant);
    found.map(|(_, _, reason)| *reason)
}

/// Whether a claim runs in every engine.
pub(crate) fn is_made(claim: &str) -> bool {
    IN_EVERY_ENGINE.iter().any(|(part, _)| claim.contains(part))
}
