//! A form as its page offers it, filled in as a person would.

use scraper::{ElementRef, Selector};

const BOUNDARY: &str = "beffroi-tests-form-boundary";

/// A form with the values it has on its page, or was given since.
#[derive(Debug, Clone)]
pub struct Form {
    pub(crate) action: String,
    pub(crate) method: String,
    multipart: bool,
    fields: Vec<Field>,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    value: Vec<u8>,
    file: Option<String>,
    /// Whether it is sent: an unticked box is not.
    set: bool,
    /// Whether choosing it lets go of the others of its name.
    radio: bool,
}

impl Form {
    /// Fills a field in, chooses an option or ticks the box of that value.
    ///
    /// # Panics
    /// Where the form has no such field: no person could have filled it in.
    #[must_use]
    #[track_caller]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let boxes = self.fields.iter().filter(|field| field.name == name).count() > 1;
        let fits =
            |field: &&mut Field| field.name == name && (!boxes || field.value == value.as_bytes());
        let Some(field) = self.fields.iter_mut().find(fits) else {
            let names: Vec<_> = self.fields.iter().map(|field| &field.name).collect();
            panic!("the form has no field {name} that takes {value}; it has {names:?}")
        };
        value.as_bytes().clone_into(&mut field.value);
        field.set = true;
        if field.radio {
            let others = |other: &&mut Field| other.name == name && other.value != value.as_bytes();
            self.fields.iter_mut().filter(others).for_each(|other| other.set = false);
        }
        self
    }

    /// What a field holds; empty where there is none, or where it is not text.
    pub fn value(&self, name: &str) -> String {
        let field = self.fields.iter().find(|field| field.name == name);
        let value = field.map(|field| String::from_utf8_lossy(&field.value).into_owned());
        value.unwrap_or_default()
    }

    /// Attaches a file.
    #[must_use]
    #[track_caller]
    pub fn attach(mut self, name: &str, file: &str, content: &[u8]) -> Self {
        let field = self.fields.iter_mut().find(|field| field.name == name && field.file.is_some());
        let field = field.unwrap_or_else(|| panic!("the form takes no file {name}"));
        content.clone_into(&mut field.value);
        field.file = Some(file.to_owned());
        field.set = true;
        self
    }

    pub(crate) fn read(form: ElementRef<'_>, page: &str) -> Self {
        let attribute = |name: &str| form.attr(name).unwrap_or_default();
        let action = match attribute("action") {
            "" => page.to_owned(),
            action => action.to_owned(),
        };
        let named = parse("input[name], select[name], textarea[name], button[name]");
        let fields = form.select(&named);
        Self {
            action,
            method: match attribute("method").to_ascii_uppercase().as_str() {
                "POST" => "POST".to_owned(),
                _ => "GET".to_owned(),
            },
            multipart: attribute("enctype") == "multipart/form-data",
            fields: fields
                .filter(|field| field.attr("disabled").is_none())
                .map(Field::read)
                .collect(),
        }
    }

    /// Its media type and its bytes, as a browser sends them.
    pub(crate) fn encode(&self) -> (String, Vec<u8>) {
        let sent = || self.fields.iter().filter(|field| field.set);
        if !self.multipart {
            let fields = sent().map(|field| {
                (field.name.as_str(), str::from_utf8(&field.value).expect("a text field is text"))
            });
            let content_type = "application/x-www-form-urlencoded".to_owned();
            return (content_type, urlencoded(fields).into_bytes());
        }
        multipart(sent().map(|field| (&*field.name, &*field.value, field.file.as_deref())))
    }
}

/// The media type and the bytes of a form that takes files: of each field its name, its value and
/// the name of its file.
pub(crate) fn multipart<'a>(
    fields: impl Iterator<Item = (&'a str, &'a [u8], Option<&'a str>)>,
) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value, file) in fields {
        let file = file
            .map(|file| format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream"));
        let file = file.unwrap_or_default();
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

impl Field {
    fn read(element: ElementRef<'_>) -> Self {
        let kind = element.attr("type").unwrap_or("text");
        let ticked = element.attr("checked").is_some();
        let (value, set) = match (element.value().name(), kind) {
            ("select", _) => {
                let chosen = element.select(&parse("option[selected]")).next();
                let chosen = chosen.or_else(|| element.select(&parse("option")).next());
                let value = chosen.map(|option| {
                    option.attr("value").map_or_else(|| words(option), str::to_owned)
                });
                (value.unwrap_or_default(), true)
            }
            ("textarea", _) => (element.text().collect(), true),
            (_, "checkbox" | "radio") => (element.attr("value").unwrap_or("on").to_owned(), ticked),
            // A button is sent only when it is the one pressed; `fill` presses it.
            ("button", _) | (_, "submit" | "image" | "button") => {
                (element.attr("value").unwrap_or_default().to_owned(), false)
            }
            _ => (element.attr("value").unwrap_or_default().to_owned(), true),
        };
        Self {
            name: element.attr("name").unwrap_or_default().to_owned(),
            value: value.into_bytes(),
            file: (kind == "file").then(String::new),
            set,
            radio: kind == "radio",
        }
    }
}

pub(crate) fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// Narrow and unbreakable spaces stay as they are: they are part of what is tested.
pub(crate) fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    let words = text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn urlencoded<'f>(fields: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    fields
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    const PAGE: &str = r#"<form method=post action=/-/login>
        <input type=hidden name=csrf value=s3cret><input name=login>
        <input type=checkbox name=stay><input type=radio name=role value=lead>
        <input type=radio name=role value=member checked>
        <select name=kind><option value=a>A<option selected>B</select>
        <input name=gone value=x disabled><button name=act value=go>Go</button></form>"#;

    fn form(page: &str) -> Form {
        let document = Html::parse_document(page);
        Form::read(document.select(&parse("form")).next().unwrap(), "http://forge/page")
    }

    fn sent(form: &Form) -> String {
        String::from_utf8(form.encode().1).unwrap()
    }

    #[test]
    fn what_the_page_offers_is_sent() {
        assert_eq!(sent(&form(PAGE)), "csrf=s3cret&login=&role=member&kind=B");
    }

    #[test]
    fn what_a_person_fills_in_replaces_it() {
        let filled = form(PAGE).fill("login", "é&=").fill("stay", "on").fill("role", "lead");
        let filled = filled.fill("act", "go");
        let expected = "csrf=s3cret&login=%C3%A9%26%3D&stay=on&role=lead&kind=B&act=go";
        assert_eq!(sent(&filled), expected);
    }

    #[test]
    #[should_panic(expected = "the form has no field password")]
    fn a_field_that_is_not_there_cannot_be_filled() {
        let _ = form(PAGE).fill("password", "x");
    }

    #[test]
    fn a_file_goes_in_parts() {
        let page =
            "<form method=post enctype=multipart/form-data><input type=file name=act></form>";
        let sent = sent(&form(page).attach("act", "act.pdf", b"%PDF"));
        assert!(sent.contains("name=\"act\"; filename=\"act.pdf\"\r\n"), "{sent}");
        assert!(sent.contains("\r\n\r\n%PDF\r\n--"), "{sent}");
    }
}
