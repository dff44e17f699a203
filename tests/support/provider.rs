//! An identity provider on this machine that says what a test wants it to: also what a provider
//! must never say. The well-behaved one is `oidc-provider`, in the browser tests.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::receiver::hmac;

/// The provider: it ends with the process.
#[derive(Debug)]
pub struct Provider {
    issuer: String,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    codes: HashMap<String, Ticket>,
    issuer_named: Option<String>,
    redeemed: usize,
}

#[derive(Debug)]
struct Ticket {
    challenge: String,
    redirect: String,
    token: String,
}

/// How the identity token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// With the key that the provider publishes.
    Properly,
    /// Not at all: `alg` is `none`.
    NotAtAll,
    /// With a key of somebody else.
    ByAnother,
    /// With the client's secret, which the provider shares with us.
    WithTheSecret,
}

/// What a browser was sent to the provider with.
#[derive(Debug, Clone)]
pub struct Asked(HashMap<String, String>);

impl Asked {
    /// Reads the address that a forge redirects to.
    pub fn of(location: &str) -> Self {
        let url = Url::parse(location).expect("a provider has a whole address");
        Self(url.query_pairs().into_owned().collect())
    }

    /// A parameter of the question.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl Provider {
    /// Starts to listen.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let issuer = format!("http://{}", listener.local_addr().expect("it has an address"));
        let state = Arc::<Mutex<State>>::default();
        let (named, shared) = (issuer.clone(), Arc::clone(&state));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                answer(&stream, &named, &shared);
            }
        });
        Self { issuer, state }
    }

    /// The `[[provider]]` table of a forge that trusts it; `more` are lines of the table.
    pub fn settings(&self, more: &str) -> String {
        format!(
            "[[provider]]\nid = \"agents\"\nlabel = \"Compte d’agent\"\nissuer = \"{}\"\n\
             client_id = \"beffroi\"\nclient_secret = \"hush\"\n{more}\n",
            self.issuer
        )
    }

    /// From now on its discovery document names another issuer.
    pub fn name_itself(&self, issuer: &str) {
        self.state.lock().unwrap().issuer_named = Some(issuer.to_owned());
    }

    /// How many codes were redeemed.
    pub fn redeemed(&self) -> usize {
        self.state.lock().unwrap().redeemed
    }

    /// The claims of an honest token for this question.
    pub fn claims(&self, asked: &Asked, subject: &str) -> Value {
        let now = jiff::Timestamp::now().as_second();
        json!({
            "iss": self.issuer, "sub": subject, "aud": "beffroi", "nonce": asked.get("nonce"),
            "iat": now, "exp": now + 300, "auth_time": now, "name": format!("{subject} Agent"),
            "email": format!("{subject}@aubervac.example"), "email_verified": true,
        })
    }

    /// A code for which the forge will be given a token with these claims.
    pub fn code(&self, asked: &Asked, claims: &Value, signed: Signed) -> String {
        let mut state = self.state.lock().unwrap();
        let code = format!("code-{}", state.codes.len() + state.redeemed);
        let ticket = Ticket {
            challenge: asked.get("code_challenge").to_owned(),
            redirect: asked.get("redirect_uri").to_owned(),
            token: token(claims, signed, &self.issuer),
        };
        state.codes.insert(code.clone(), ticket);
        code
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn token(claims: &Value, signed: Signed, issuer: &str) -> String {
    let alg = match signed {
        Signed::NotAtAll => "none",
        Signed::WithTheSecret => "HS256",
        Signed::Properly | Signed::ByAnother => "EdDSA",
    };
    // Where a verifier follows `jku`, it finds keys; ours must not look.
    let header = json!({ "alg": alg, "kid": "1", "jku": format!("{issuer}/other-jwks") });
    let encode = |value: &Value| BASE64.encode(value.to_string());
    let signing = format!("{}.{}", encode(&header), encode(claims));
    let signature = match signed {
        Signed::Properly => key(1).sign(signing.as_bytes()).to_bytes().to_vec(),
        Signed::ByAnother => key(2).sign(signing.as_bytes()).to_bytes().to_vec(),
        Signed::NotAtAll => Vec::new(),
        Signed::WithTheSecret => hmac(b"hush", signing.as_bytes()),
    };
    format!("{signing}.{}", BASE64.encode(signature))
}

fn answer(stream: &TcpStream, issuer: &str, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).unwrap_or(0) == 0 || header == "\r\n" {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    let _ = reader.read_exact(&mut body);
    let (status, value) = match path.as_str() {
        "/.well-known/openid-configuration" => (200, document(issuer, state)),
        "/jwks" => (200, keys(1)),
        "/other-jwks" => (200, keys(2)),
        "/token" => redeem(&body, state),
        _ => (404, json!({})),
    };
    let text = value.to_string();
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{text}",
        text.len()
    );
}

fn document(issuer: &str, state: &Mutex<State>) -> Value {
    let named = state.lock().unwrap().issuer_named.clone();
    json!({
        "issuer": named.as_deref().unwrap_or(issuer),
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "RS256"],
    })
}

fn keys(seed: u8) -> Value {
    let point = BASE64.encode(key(seed).verifying_key().to_bytes());
    let use_for = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": "1", "x": point });
    json!({ "keys": [use_for] })
}

/// A code is good once, for who asked it, by PKCE S256.
fn redeem(body: &[u8], state: &Mutex<State>) -> (u16, Value) {
    let sent: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    let get = |name: &str| sent.get(name).map_or("", String::as_str);
    let mut state = state.lock().unwrap();
    let refused = (400, json!({ "error": "invalid_grant" }));
    let Some(ticket) = state.codes.remove(get("code")) else { return refused };
    state.redeemed += 1;
    let challenge = BASE64.encode(Sha256::digest(get("code_verifier").as_bytes()));
    if ticket.challenge != challenge || ticket.redirect != get("redirect_uri") {
        return refused;
    }
    let answer = json!({
        "access_token": "not-used", "token_type": "Bearer", "expires_in": 60,
        "id_token": ticket.token,
    });
    (200, answer)
}
