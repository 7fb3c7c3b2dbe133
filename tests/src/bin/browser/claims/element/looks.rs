//! Claims about isolation: the styles of the portal's page do not change the wizard, and the
//! wizard's styles do not change the page.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde_json::json;

use super::portal::{ELEMENT, NAME, portal, visit};
use crate::{
    claims::picture,
    engine::Engine,
    page::Page,
    people::NAME_OF_ADA,
    test::{Test, claims},
};

/// The styles of each element, in the order of the page: its name, then each property with its
/// value.
type Styles = Vec<(String, BTreeMap<String, String>)>;

/// Properties of the place of an element.
const PLACES: [&str; 5] = ["inset", "top", "right", "bottom", "left"];

/// The number of differences that a failure shows.
const SHOWN: usize = 12;

/// Moves the wizard to whole pixels. The content above it may end at a fraction, and browsers paint
/// an edge between two pixels on both.
const ON_A_POINT: &str = "const { style } = wizard.parentElement;
    const set = (name, value) => style.setProperty(name, value, 'important');
    set('position', 'relative');
    for (const way of ['left', 'top']) {
        set(way, '0');
        const place = wizard.getBoundingClientRect()[way] + (way === 'top' ? scrollY : scrollX);
        set(way, `${Math.round(place) - place}px`);
    }";

pub(super) fn claims() -> Vec<Test> {
    claims!["element":
        in_a_hostile_page_it_looks_as_on_its_own,
        in_a_shadow_root_it_looks_as_on_its_own,
        the_portals_own_elements_keep_their_looks,
        what_floats_in_the_portal_stands_beside_the_wizard,
        what_floats_across_the_portal_leaves_the_wizard_its_width,
    ]
}

async fn what_floats_in_the_portal_stands_beside_the_wizard(page: &Page) -> Result<()> {
    narrow(page).await?;
    portal(page, "early.html").await?;
    let edges = "const element = document.querySelector('postern-reset');
        const float = Object.assign(document.createElement('div'), { textContent: 'beside' });
        for (const [name, value] of [['float', 'left'], ['width', '200px'], ['height', '2000px']]) float.style.setProperty(name, value);
        element.before(float);
        const { right } = float.getBoundingClientRect();
        return ['h1', '.postern-lead', 'input', '.postern-button', '.postern-help']
          .filter(part => element.querySelector(part).getBoundingClientRect().left < right)";
    let beneath = page.ask(edges, json!([])).await?;
    ensure!(beneath == json!([]), "beneath what floats are {beneath}");
    Ok(())
}

async fn what_floats_across_the_portal_leaves_the_wizard_its_width(page: &Page) -> Result<()> {
    narrow(page).await?;
    for of_the_page in ["60%", "80%", "100%"] {
        portal(page, "early.html").await?;
        let width = "const element = document.querySelector('postern-reset');
            const float = Object.assign(document.createElement('div'), { textContent: 'beside' });
            for (const [name, value] of [['float', 'left'], ['width', arguments[0]], ['height', '100px']]) float.style.setProperty(name, value);
            element.before(float);
            return element.querySelector('.postern').getBoundingClientRect().width";
        let width: f64 = serde_json::from_value(page.ask(width, json!([of_the_page])).await?)?;
        ensure!(
            width >= 17.0 * 16.0,
            "beside a float of {of_the_page} the wizard is {width} px wide"
        );
    }
    Ok(())
}

/// On a wide screen the wizard's own page has larger letters, because the whole page belongs to the
/// wizard. This makes the window narrower.
async fn narrow(page: &Page) -> Result<()> {
    page.driver.set_window_rect(0, 0, 1016, 900).await?;
    Ok(())
}

async fn in_a_hostile_page_it_looks_as_on_its_own(page: &Page) -> Result<()> {
    looks_as_on_its_own(page, "hostile.html", "document").await
}

async fn in_a_shadow_root_it_looks_as_on_its_own(page: &Page) -> Result<()> {
    visit(page, "shadow.html").await?;
    let root = "document.querySelector('postern-reset').shadowRoot";
    super::heard(page, "step", json!({ "step": "identify", "from": null })).await?;
    let embedded = [seen(page, root).await?];
    narrow(page).await?;
    page.open_demo().await?;
    let alone = [seen(page, "document").await?];
    the_same(&embedded, &alone)
}

async fn looks_as_on_its_own(page: &Page, name: &str, root: &str) -> Result<()> {
    narrow(page).await?;
    let wizard = portal(page, name).await?;
    // The heading floats next to the wizard, which leaves it room as any column of the portal
    // would.
    let aside = "document.querySelector('main > h1').remove()";
    page.ask(aside, json!([])).await?;
    let (embedded, painted) = steps(&wizard, root).await?;
    page.open_demo().await?;
    let (alone, wanted) = steps(page, root).await?;
    the_same(&embedded, &alone)?;
    if page.lab.engine == Engine::Webkit {
        // Its driver paints scrolled content black.
        return Ok(());
    }
    for (step, (painted, wanted)) in painted.iter().zip(&wanted).enumerate() {
        picture::the_same(page, &format!("{name}-{step}"), painted, wanted)?;
    }
    Ok(())
}

/// The first step, the same step with a problem and with the support panel open, and the second
/// step.
async fn steps(wizard: &Page, root: &str) -> Result<([Styles; 3], [Vec<u8>; 3])> {
    let first = look(wizard, root).await?;
    push(wizard, "[type=submit]").await?;
    wizard.expect_problem("identify-empty").await?;
    push(wizard, "~ .postern-help button").await?;
    wizard.element(".postern-panel").await?;
    let wrong = look(wizard, root).await?;
    wizard.type_into("identifier", NAME_OF_ADA).await?;
    push(wizard, "[type=submit]").await?;
    wizard.expect_step("method").await?;
    let second = look(wizard, root).await?;
    Ok(([first.0, wrong.0, second.0], [first.1, wrong.1, second.1]))
}

/// Presses a control in a step or next to it, without a pointer that would stay there.
async fn push(wizard: &Page, selector: &str) -> Result<()> {
    let script = "document.querySelector(`.postern-step ${arguments[0]}`).click()";
    wizard.ask(script, json!([selector])).await.map(drop)
}

async fn seen(page: &Page, root: &str) -> Result<Styles> {
    Ok(look(page, root).await?.0)
}

/// The styles, and the painted picture.
async fn look(page: &Page, root: &str) -> Result<(Styles, Vec<u8>)> {
    // Neither wizard has the focus, and both get the same texts: each has its own support code.
    let codes = format!(
        "document.activeElement?.blur();
        const texts = [...{root}.querySelectorAll('.postern-help > .postern-quiet, .postern-panel bdi')].map(own => own.firstChild);
        const codes = texts.map(text => text.data);
        texts.forEach((text, index) => text.data = arguments[0]?.[index] ?? 'Own');
        return codes"
    );
    let own = page.ask(&codes, json!([])).await?;
    let styles = styles(
        page,
        &format!("{root}.querySelectorAll('.postern, .postern *')"),
    )
    .await?;
    let wizard = format!("{root}.querySelector('.postern')");
    page.ask(&format!("const wizard = {wizard}; {ON_A_POINT}"), json!([]))
        .await?;
    let picture = page.picture_of(&format!("return {wizard}")).await?;
    page.ask(&codes, json!([own])).await?;
    Ok((styles, picture))
}

async fn the_portals_own_elements_keep_their_looks(page: &Page) -> Result<()> {
    let own = "document.querySelectorAll('html, body, header, header *, h1:not(.postern *), main > p, footer, footer *')";
    visit(page, "hostile-alone.html").await?;
    let alone = styles(page, own).await?;
    visit(page, "hostile.html").await?;
    page.wizard_in(ELEMENT, NAME).expect_wizard().await?;
    // The element takes room, as any element does.
    page.ask(
        "document.querySelector('postern-reset').style.display = 'none'",
        json!([]),
    )
    .await?;
    let beside = styles(page, own).await?;
    the_same(&[beside], &[alone])
}

async fn styles(page: &Page, elements: &str) -> Result<Styles> {
    let script = format!(
        "const styles = [];
        for (const element of {elements}) {{
            for (const part of [null, '::before', '::after']) {{
                const style = getComputedStyle(element, part);
                if (part && style.content === 'none') continue;
                const name = element.localName + (element.className?.baseVal ?? element.className) + (part ?? '');
                // The paper of the element has a claim of its own.
                const names = [...style].filter(name => !/^--postern-(own-)?paper$/.test(name));
                styles.push([name, Object.fromEntries(names.map(name => [name, style.getPropertyValue(name)]))]);
            }}
        }}
        return styles"
    );
    Ok(serde_json::from_value(page.ask(&script, json!([])).await?)?)
}

fn the_same(embedded: &[Styles], alone: &[Styles]) -> Result<()> {
    let mut different = Vec::new();
    for (step, (embedded, alone)) in embedded.iter().zip(alone).enumerate() {
        let names = |styles: &Styles| -> Vec<String> {
            styles.iter().map(|(name, _)| name.clone()).collect()
        };
        ensure!(
            names(embedded) == names(alone),
            "step {step} has {:?} and not {:?}",
            names(embedded),
            names(alone)
        );
        ensure!(!alone.is_empty(), "step {step} has no element at all");
        for ((name, here), (_, there)) in embedded.iter().zip(alone) {
            // Invisible elements have another place on another page.
            let is_place = |property: &str| PLACES.iter().any(|place| property.starts_with(place));
            let unseen = name.contains("postern-hidden");
            for (property, wanted) in there {
                if unseen && is_place(property) {
                    continue;
                }
                let found = here.get(property);
                if found != Some(wanted) {
                    different.push(format!(
                        "{step} {name} {property}: {found:?}, not {wanted:?}"
                    ));
                }
            }
        }
    }
    ensure!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different[..different.len().min(SHOWN)].join("\n")
    );
    Ok(())
}
