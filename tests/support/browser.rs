//! A browser without JavaScript: cookies, redirects, and forms filled in from the page they are on.
//!
//! Nothing is posted that the page did not offer: the hidden fields, among them the protection
//! against forged requests, come from the form itself.

use std::{cell::RefCell, collections::BTreeMap};

use scraper::{ElementRef, Html};
use serde_json::Value;
use ureq::{
    Agent,
    http::{Request, Response, header},
};

use crate::{
    contract,
    form::{Form, multipart, parse, urlencoded, words},
};

const REDIRECTS_MAX: usize = 5;

/// A visitor: follows redirects and keeps cookies. A clone is a thief's, with the cookies of now.
#[derive(Debug, Clone)]
pub struct Browser {
    agent: Agent,
    base: String,
    language: String,
    address: Option<String>,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new(base: &str) -> Self {
        Self {
            agent: agent(),
            base: base.trim_end_matches('/').to_owned(),
            language: "en".to_owned(),
            address: None,
            cookies: RefCell::default(),
        }
    }

    /// Prefers another language than English: `browser.reading("fr")`.
    #[must_use]
    pub fn reading(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// Comes from this address, as a proxy in front of the server would tell it.
    #[must_use]
    pub fn coming_from(mut self, address: String) -> Self {
        self.address = Some(address);
        self
    }

    /// Opens a page and follows where it leads.
    #[track_caller]
    pub fn get(&self, path: &str) -> Page {
        self.follow("GET", self.address(path), None)
    }

    /// Asks for a page and stops at the first answer, even a redirect.
    #[track_caller]
    pub fn ask(&self, path: &str) -> Page {
        self.request("GET", &self.address(path), None)
    }

    /// Asks for what it has already, under this tag.
    #[track_caller]
    pub fn ask_known(&self, path: &str, tag: &str) -> Page {
        let address = self.address(path);
        let request = Request::builder().uri(&address).header(header::IF_NONE_MATCH, tag);
        Page::new(&address, self.agent.run(request.body(()).unwrap()))
    }

    /// Sends a form and follows where it leads.
    #[track_caller]
    pub fn submit(&self, form: &Form) -> Page {
        let (content_type, body) = form.encode();
        let address = self.address(&form.action);
        if form.method == "GET" {
            let query = String::from_utf8(body).expect("a query is ASCII");
            // The place on the page stays with the reader.
            let bare = address.split(['?', '#']).next().unwrap_or_default();
            return self.follow("GET", format!("{bare}?{query}"), None);
        }
        self.follow("POST", address, Some((content_type, body)))
    }

    /// Posts fields that no form offered: for tests of what must be refused.
    #[track_caller]
    pub fn post_unasked(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let content_type = "application/x-www-form-urlencoded".to_owned();
        let body = (content_type, urlencoded(fields.iter().copied()).into_bytes());
        self.request("POST", &self.address(path), Some(body))
    }

    /// As [`Browser::post_unasked`], the way a form is sent that takes files.
    #[track_caller]
    pub fn post_parts_unasked(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let parts = fields.iter().map(|(name, value)| (*name, value.as_bytes(), None));
        self.request("POST", &self.address(path), Some(multipart(parts)))
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    fn follow(&self, method: &str, address: String, body: Option<(String, Vec<u8>)>) -> Page {
        let mut page = self.request(method, &address, body);
        for _ in 0..REDIRECTS_MAX {
            let Some(location) = page.header("location").map(str::to_owned) else { return page };
            if !(300..400).contains(&page.status) {
                return page;
            }
            page = self.request("GET", &self.address(&location), None);
        }
        panic!("{address} leads from redirect to redirect")
    }

    fn request(&self, method: &str, address: &str, body: Option<(String, Vec<u8>)>) -> Page {
        let cookies = self.cookie_header();
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::ACCEPT, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
            .header(header::ACCEPT_LANGUAGE, &self.language);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(address) = &self.address {
            request = request.header("x-forwarded-for", address);
        }
        let answer = match body {
            None => self.agent.run(request.body(()).unwrap()),
            Some((content_type, body)) => {
                // What a browser says of itself when it posts a form of our own pages.
                let request = request
                    .header(header::CONTENT_TYPE, content_type)
                    .header(header::ORIGIN, &self.base)
                    .header("sec-fetch-site", "same-origin");
                self.agent.run(request.body(body).unwrap())
            }
        };
        let page = Page::new(address, answer);
        self.keep_cookies(&page);
        page
    }

    fn cookie_header(&self) -> String {
        let jar = self.cookies.borrow();
        let cookies = jar.iter().map(|(name, value)| format!("{name}={value}"));
        cookies.collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&self, page: &Page) {
        let mut jar = self.cookies.borrow_mut();
        for (_, line) in page.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (cookie, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = cookie.split_once('=').expect("a cookie has a name");
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn address(&self, path: &str) -> String {
        match path.starts_with("http") {
            true => path.to_owned(),
            false => format!("{}{path}", self.base),
        }
    }
}

/// An answer that is a page.
#[derive(Debug)]
pub struct Page {
    address: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Page {
    fn new(address: &str, answer: Result<Response<ureq::Body>, ureq::Error>) -> Self {
        let mut answer = answer.unwrap_or_else(|error| panic!("{address}: {error}"));
        let headers = answer.headers().iter().map(|(name, value)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        Self {
            address: address.to_owned(),
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: answer.body_mut().read_to_vec().expect("the whole answer arrives"),
        }
    }

    /// Where it was found, after the redirects.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The status, a number such as 404.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every header, names in lower case.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The source of the page.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The words a person reads in `selector`, runs of ordinary white space as one space.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        let texts = self.texts(selector);
        let nothing = || panic!("{} has no {selector}:\n{}", self.address, self.html());
        texts.into_iter().next().unwrap_or_else(nothing)
    }

    /// The words of every element that matches, in the order of the page.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html());
        document.select(&parse(selector)).map(words).collect()
    }

    /// The value of an attribute of every element that matches and has it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html());
        let selector = parse(selector);
        let matching = document.select(&selector);
        matching.filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// Whether the words stand anywhere on the page.
    pub fn says(&self, words: &str) -> bool {
        self.texts("body").concat().contains(words)
    }

    /// The one form that matches, as the page offers it.
    ///
    /// # Panics
    /// Where none matches, or more than one.
    #[track_caller]
    pub fn form(&self, selector: &str) -> Form {
        let document = Html::parse_document(&self.html());
        let forms: Vec<_> = document.select(&parse(selector)).collect();
        let [form] = forms[..] else {
            let all: Vec<_> = document.select(&parse("form")).map(outline).collect();
            panic!("{} forms match {selector} on {}: {all:#?}", forms.len(), self.address)
        };
        Form::read(form, &self.address)
    }
}

/// A client of the API. What it is answered must keep the description the server serves.
#[derive(Debug)]
pub struct Api {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// What the API answered.
#[derive(Debug)]
pub struct Answer {
    /// The status, a number such as 404.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; null where it is empty, a text where it is not JSON.
    pub body: Value,
}

impl Api {
    pub(crate) fn new(base: &str, token: Option<&str>) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self { agent: agent(), base, token: token.map(str::to_owned) }
    }

    /// Asks for a path: `api.get("/api/v1/version")`.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        let answer = self.answer(self.agent.run(self.request("GET", path).body(()).unwrap()));
        contract::hold("GET", &self.base, path, &answer);
        answer
    }

    /// Deletes a path.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        let answer = self.answer(self.agent.run(self.request("DELETE", path).body(()).unwrap()));
        contract::hold("DELETE", &self.base, path, &answer);
        answer
    }

    /// Sends a body by POST, PUT or PATCH.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        let answer = self.answer(self.agent.run(request.body(body.to_string()).unwrap()));
        contract::hold(method, &self.base, path, &answer);
        answer
    }

    /// As [`Api::send`], where the server may end meanwhile: `None` where no whole answer came.
    pub fn try_send(&self, method: &str, path: &str, body: &Value) -> Option<Answer> {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        let answer = self.agent.run(request.body(body.to_string()).unwrap()).ok()?;
        let status = answer.status().as_u16();
        let body = answer.into_body().read_to_vec().ok()?;
        let body = serde_json::from_slice(&body).ok()?;
        Some(Answer { status, headers: Vec::new(), body })
    }

    /// Posts bytes of any media type, as git does.
    #[track_caller]
    pub fn post(&self, path: &str, media_type: &str, body: &[u8]) -> Answer {
        let request = self.request("POST", path).header(header::CONTENT_TYPE, media_type);
        self.answer(self.agent.run(request.body(body).unwrap()))
    }

    fn request(&self, method: &str, path: &str) -> ureq::http::request::Builder {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("token {token}")),
            None => request,
        }
    }

    fn answer(&self, answer: Result<Response<ureq::Body>, ureq::Error>) -> Answer {
        let page = Page::new(&self.base, answer);
        let body = match page.body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&page.body).unwrap_or_else(|_| page.html().into()),
        };
        Answer { status: page.status, headers: page.headers, body }
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.build().new_agent()
}

fn outline(form: ElementRef<'_>) -> String {
    form.html().chars().take(120).collect()
}
