//! Signing in with an identity provider: OpenID Connect, authorization code with PKCE, state and
//! nonce (security.md A6 #89, #90).

mod claims;
mod exchange;
mod http;
mod waiting;

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthenticationFlow, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope,
    core::{CoreAuthPrompt, CoreProviderMetadata, CoreResponseType},
};

pub use self::{claims::Profile, waiting::SECONDS};
use self::{exchange::client, http::Http, waiting::Waiting};
use crate::config::{Allowed, Provider, is_safe};

/// A discovery document is read again after so long.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(30);
/// A key we do not know makes us read it again, but no more often than this.
const READ_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Why a sign-in with a provider did not come about; said in the log, not to the person.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It cannot be asked, or names another issuer than the settings.
    #[error("the provider cannot be used: {0}")]
    Unusable(String),
    /// It does not vouch for whoever came back.
    #[error("the provider's answer does not hold: {0}")]
    Unproven(String),
}

/// What a browser was sent to a provider with.
#[derive(Debug)]
pub struct Request {
    /// Which provider.
    pub provider: String,
    /// What its answer must carry.
    pub state: String,
    /// Where to go on afterwards, a path of this site.
    pub next: String,
    /// Whether someone signed in proves again who they are.
    pub again: bool,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    begun: Timestamp,
}

/// A provider's person without an account, whose address has one: theirs to link once they have
/// signed in to it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The provider's words on its button.
    pub label: String,
    /// Whom it vouches for.
    pub profile: Profile,
}

/// The providers of the settings, and who is on their way to one.
#[derive(Debug)]
pub struct Providers {
    known: Vec<Known>,
    http: Http,
    requests: Waiting<Arc<Request>>,
    offers: Waiting<Offer>,
}

#[derive(Debug)]
struct Known {
    settings: Provider,
    document: Mutex<Option<(Timestamp, Arc<CoreProviderMetadata>)>>,
}

impl Providers {
    /// Nothing is asked of them before somebody signs in.
    pub fn new(settings: Vec<Provider>, allowed: Allowed) -> Self {
        let http = Http::new(&settings, allowed);
        let known = |settings| Known { settings, document: Mutex::new(None) };
        Self {
            known: settings.into_iter().map(known).collect(),
            http,
            requests: Waiting::default(),
            offers: Waiting::default(),
        }
    }

    /// The provider with an id.
    pub fn settings(&self, id: &str) -> Option<&Provider> {
        self.known(id).map(|known| &known.settings)
    }

    /// Where to send a browser, and what to remember of it under `cookie`.
    pub async fn send_off(
        &self,
        (id, redirect): (&str, &str),
        (next, again): (String, bool),
        cookie: &str,
        now: Timestamp,
    ) -> Result<String, OidcError> {
        let known = self.known(id).ok_or_else(|| unusable("there is none of that name"))?;
        let document = self.document(known, now, FRESH_FOR).await?;
        let client = client(&known.settings, &document, redirect)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut asking = client
            .authorize_url(flow, || CsrfToken::new_random_len(32), || Nonce::new_random_len(32))
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        if again {
            asking =
                asking.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        let (url, state, nonce) = asking.url();
        if !is_safe(&url) {
            return Err(unusable(format!("{url} is neither https nor on this machine")));
        }
        let (provider, state) = (id.to_owned(), state.into_secret());
        let request = Request { provider, state, next, again, nonce, verifier, begun: now };
        self.requests.put(cookie, Arc::new(request), now);
        Ok(url.into())
    }

    /// The request a browser comes back from; there once.
    pub fn answered(&self, cookie: &str, now: Timestamp) -> Option<Arc<Request>> {
        self.requests.take(cookie, now)
    }

    /// Asks the provider whom its code stands for.
    pub async fn finish(
        &self,
        request: &Request,
        redirect: &str,
        code: String,
        now: Timestamp,
    ) -> Result<Profile, OidcError> {
        let known = self.known(&request.provider);
        let known = known.ok_or_else(|| unusable("there is none of that name"))?;
        let document = self.document(known, now, FRESH_FOR).await?;
        let exchange = exchange::Exchange { settings: &known.settings, redirect, http: &self.http };
        let tokens = exchange.redeem(&document, request, code).await?;
        let profile = match exchange.profile(&document, request, &tokens).await {
            Err(OidcError::Unproven(_)) => {
                // It may sign with a key that is newer than what we read.
                let newer = self.document(known, now, READ_AGAIN_AFTER).await?;
                exchange.profile(&newer, request, &tokens).await
            }
            profile => profile,
        }?;
        if request.again && !profile.is_fresh(request.begun) {
            return Err(OidcError::Unproven("the person did not prove themself anew".to_owned()));
        }
        Ok(profile)
    }

    /// Remembers a provider's person until they have signed in to the account of their address.
    pub fn offer(&self, cookie: &str, offer: Offer, now: Timestamp) {
        self.offers.put(cookie, offer, now);
    }

    /// What was offered to this browser.
    pub fn offered(&self, cookie: &str, now: Timestamp) -> Option<Offer> {
        self.offers.look(cookie, now)
    }

    /// The offer, used up.
    pub fn take_offer(&self, cookie: &str, now: Timestamp) -> Option<Offer> {
        self.offers.take(cookie, now)
    }

    fn known(&self, id: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.settings.id == id)
    }

    /// The discovery document and the keys, no older than `fresh`.
    async fn document(
        &self,
        known: &Known,
        now: Timestamp,
        fresh: SignedDuration,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        let held = known.document.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((read_at, document)) = held
            && now.duration_since(read_at).abs() < fresh
        {
            return Ok(document);
        }
        let issuer = IssuerUrl::new(known.settings.issuer.clone()).map_err(unusable)?;
        // Refuses a document that names another issuer.
        let document = CoreProviderMetadata::discover_async(issuer, &self.http).await;
        let document = Arc::new(document.map_err(|error| unusable(causes(&error)))?);
        *known.document.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((now, Arc::clone(&document)));
        Ok(document)
    }
}

impl Profile {
    /// Whether the person proved who they are after they were sent there; a minute for clocks
    /// that differ.
    fn is_fresh(&self, begun: Timestamp) -> bool {
        self.authenticated_at.is_some_and(|at| at + 60 >= begun.as_second())
    }
}

fn unusable(why: impl ToString) -> OidcError {
    OidcError::Unusable(why.to_string())
}

fn unproven(why: impl ToString) -> OidcError {
    OidcError::Unproven(why.to_string())
}

/// An error with its causes, which the crate's own sentences leave out.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
