use super::{check, fetches_nothing};

/// A drawing with the given content.
fn with(content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\">\n{content}</svg>"
    )
}

/// Expects that a text is refused with an error that begins with `wrong`.
fn expect_refused(text: &str, wrong: &str) {
    let told = check(text).expect_err(text);
    let wrong = format!("is an SVG that Postern does not accept: line {wrong}");
    assert!(told.starts_with(&wrong), "{text}: {told}");
}

#[test]
fn a_drawing_as_programs_write_it_is_taken() {
    for drawing in [
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:g></s:g></s:svg>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone='no'?>\n<!-- ours -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n",
        "\n <!-- ours --> <svg xmlns=\"http://www.w3.org/2000/svg\"/><!-- the end -->",
        &with("<title>Contoso &amp; S&#xf6;hne</title><text>a > b</text>"),
        &with("<style>.a{fill:url(#b);background:url( 'data:image/png;base64,AA==' )}</style>"),
        &with(
            "<style><![CDATA[a>b{fill:red}]]></style><path class=\"a\" style=\"fill:url('#b')\"/>",
        ),
        &with("<defs><g id=\"a\"/></defs><use href=\"#a\"/><use x:href=\"#a\"/><a/>"),
        &with(
            "<image x:href=\"data:image/png;base64,AA==\"/><animate attributeName=\"fill\" to=\"red\"/>",
        ),
        &with(
            "<metadata xmlns:r=\"urn:r\" xmlns:i=\"urn:i\"><r:RDF r:resource=\"https://contoso.example\" i:on=\"1\"/></metadata>",
        ),
        &with("<image href='DATA:image/PNG;base64,AA=='/><image href='data:image/jpeg,a'/>"),
        &with("<style>@font-face{src:url(data:font/woff2;base64,AA==)}</style>"),
        &with("<?xpacket begin=''?>"),
    ] {
        assert_eq!(check(drawing), Ok(()), "{drawing}");
    }
}

#[test]
fn what_is_no_whole_drawing_is_refused_with_its_line() {
    for (text, wrong) in [
        (
            "<html><svg xmlns=\"http://www.w3.org/2000/svg\"/></html>",
            "1 begins with html, not with svg",
        ),
        (
            "<svg/>",
            "1 has an svg without xmlns=\"http://www.w3.org/2000/svg\"",
        ),
        (
            "<s:svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:s=\"urn:s\"/>",
            "1 has an svg without xmlns=",
        ),
        (
            "<s:svg/>",
            "1 is not well-formed: the prefix s is not defined",
        ),
        (
            &with("<b xmlns:h=\"http://www.w3.org/1999/xht&#109;l\"/>"),
            "2 has a & in xmlns:h",
        ),
        (
            "<!DOCTYPE svg [<!ENTITY a \"b\">]>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "1 has a DOCTYPE",
        ),
        (
            "<!doctype html><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "1 has a DOCTYPE",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g>\n",
            "3 is the last, and svg has no end",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<path d=\"M0 0",
            "2 is not well-formed: syntax error: attribute value not closed",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "2 is not well-formed: svg follows the end of svg",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>&amp;",
            "1 is not well-formed: &amp; is outside of svg",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\nmore",
            "1 is not well-formed: more is outside of svg",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/><![CDATA[a]]>",
            "1 is not well-formed: a is outside of svg",
        ),
        (
            "<!-- no drawing -->",
            "1 is the last, and the file has no svg",
        ),
        (
            " <?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "1 is not well-formed: an XML declaration is allowed only",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><svg/>",
            "1 says encoding=\"iso-8859-1\": save it as UTF-8",
        ),
        ("<?xml version=\"2.0\"?><svg/>", "1 is not well-formed: "),
    ] {
        expect_refused(text, wrong);
    }
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_line() {
    for (content, wrong) in [
        (
            "<g>",
            "ill-formed document: expected `</g>`, but `</svg>` was found",
        ),
        ("<path d=a/>", ""),
        ("<path d='' d=''/>", ""),
        (
            "<path d=''fill=''/>",
            "two attributes have no space between them",
        ),
        ("<path d='<'/>", "d has a <"),
        ("<1/>", "1 is not a name"),
        ("<a & b/>", ""),
        ("a & b", ""),
        ("&nbsp;", "&nbsp; is not defined"),
        ("&#1;", "&#1; is not defined"),
        ("<path d='&nbsp;'/>", ""),
        ("<path d='&#1;'/>", "d contains U+0001"),
        ("<g>]]></g>", "]]> has no beginning"),
        ("<!-- a -- b -->", ""),
        ("\u{b}", "it contains U+000B"),
        (
            "<path inkscape:label=''/>",
            "the prefix inkscape is not defined",
        ),
    ] {
        expect_refused(&with(content), &format!("2 is not well-formed: {wrong}"));
    }
}

#[test]
fn what_runs_or_fetches_is_refused() {
    for (content, wrong) in [
        ("<script>alert(1)</script>", "has the element script"),
        ("<x:Script x:href=\"#a\"/>", "has the element Script"),
        ("<foreignObject/>", "has the element foreignObject"),
        (
            "<b xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "has the element b",
        ),
        ("<path onload=\"a()\"/>", "has the attribute onload"),
        ("<path ONCLICK=\"a()\"/>", "has the attribute ONCLICK"),
        (
            "<set attributeName=\"onload\" to=\"a()\"/>",
            "changes onload",
        ),
        (
            "<animate attributeName=\"xlink:href\" to=\"//a\"/>",
            "changes xlink:href",
        ),
        ("<?xml-stylesheet href=\"a.css\"?>", "fetches a style sheet"),
        (
            "<a href=\"https://contoso.example\"/>",
            "leads out of the file by href: https://contoso.example",
        ),
        (
            "<a x:href=\" java&#115;cript:a()\"/>",
            "leads out of the file by href: javascript:a()",
        ),
        (
            "<use href=\"a.svg#b\"/>",
            "leads out of the file by href: a.svg#b",
        ),
        (
            "<image href=\"data:image/svg+xml,%3Csvg/%3E\"/>",
            "leads out of the file by href: data:image/svg+xml",
        ),
        (
            "<a href=\"data:text/html,a\"/>",
            "leads out of the file by href: data:text/html,a",
        ),
        ("<g xml:base=\"https://contoso.example\"/>", "has xml:base"),
    ] {
        expect_refused(&with(content), &format!("2 {wrong}"));
    }
}

#[test]
fn a_style_that_fetches_is_refused() {
    for (content, wrong) in [
        (
            "<path fill=\"URL( 'https://contoso.example' )\"/>",
            "leads out of the file by fill: url(https://contoso.example",
        ),
        (
            "<path style=\"fill:u\\72 l(//a)\"/>",
            "leads out of the file by style: url(//a)",
        ),
        (
            "<path style=\"fill:ur\\l(//a)\"/>",
            "leads out of the file by style: url(//a)",
        ),
        (
            "<style>@import 'a.css';</style>",
            "leads out of the file by style: @import",
        ),
        (
            "<style>@im<![CDATA[po]]>&#x72;t 'a.css';</style>",
            "leads out of the file by style: @import",
        ),
        (
            "<style>a{background:image-set('a.png' 1x)}</style>",
            "leads out of the file by style: image-set(",
        ),
        (
            "<style>a{mask:u<g>X</g>rl(//a)}</style>",
            "has the element g in a style",
        ),
        (
            "<style>a{fill:red}<style/></style>",
            "has the element style in a style",
        ),
        (
            "<style>a{mask:u<!-- X -->rl(//a)}</style>",
            "leads out of the file by style: url(//a)",
        ),
        (
            "<path style=\"mask:u\\72&#13;&#10;l(//a)\"/>",
            "leads out of the file by style: url(//a)",
        ),
        (
            "<path style=\"mask:u\\72&#13;l(//a)\"/>",
            "leads out of the file by style: url(//a)",
        ),
        (
            "<style>a{mask:url(data:image/svg+xml,%3Csvg/%3E)}</style>",
            "leads out of the file by style: url(data:image/svg+xml",
        ),
        (
            "<image href=\"data:image/SVG+xml,%3Csvg/%3E\"/>",
            "leads out of the file by href: data:image/SVG+xml",
        ),
        (
            "<image href=\"data:image/pngx,a\"/>",
            "leads out of the file by href: data:image/pngx",
        ),
        (
            "<animate attributeName=\"mask\" to=\"url(//a)\"/>",
            "leads out of the file by to: url(//a)",
        ),
        (
            "<style>a{fill:red}</style><style>b{fill:url(a)}</style>",
            "leads out of the file by style: url(a)",
        ),
    ] {
        expect_refused(&with(content), &format!("2 {wrong}"));
    }
}

#[test]
fn an_end_of_a_line_behind_an_escape_is_none_in_css() {
    for end in ["\n", "\r", "\r\n", "\u{c}"] {
        let read = fetches_nothing("style", &format!("mask:u\\72{end}l(//a)"));
        let wrong = read.expect_err("it fetches");
        assert_eq!(wrong, "leads out of the file by style: url(//a)");
    }
}

#[test]
fn of_what_a_file_says_the_beginning_is_told() {
    let told =
        check(&with(&format!("<a href=\"{}\"/>", "é".repeat(1000)))).expect_err("it leads out");
    assert!(
        told.ends_with(&format!("by href: {}…", "é".repeat(40))),
        "{told}"
    );
}
