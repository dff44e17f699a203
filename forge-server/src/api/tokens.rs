//! Personal access tokens, in the dialect's words (api.md §4.1).

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use forge_api::{
    dialect::ApiError,
    tokens::{NewToken, Token as Told},
};
use forge_domain::access::TokenScope;
use forge_store::tokens::{self as store, Token};
use jiff::Timestamp;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Body, Listed, Pages, pages::PagesQuery};
use crate::{
    actions::{
        allow,
        tokens::{MakeToken, RevokeToken, own_tokens},
    },
    app::App,
    auth::ApiCaller,
    error::{Error, Refusal},
};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

/// One's own tokens that still work; never their secrets.
#[utoipa::path(
    get,
    path = "/users/{user}/tokens",
    tag = "tokens",
    params(("user" = String, Path), PagesQuery),
    responses(
        (status = 200, body = [Told]),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
    ),
)]
async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Path(user): Path<String>,
    pages: Pages,
) -> Result<Listed<Told>, Error> {
    oneself(&caller, &user)?;
    let person = caller.signed_in()?;
    let (deed, on) = own_tokens(person.id);
    allow(caller.actor(), deed, &on)?;
    let tokens = store::of_person(&app.db, person.id, app.clock.now()).await?;
    Ok(pages.cut(tokens.into_iter().map(|token| told(token, None)).collect()))
}

/// Makes a token; it is told whole in this answer only.
#[utoipa::path(
    post,
    path = "/users/{user}/tokens",
    tag = "tokens",
    params(("user" = String, Path)),
    request_body = NewToken,
    responses(
        (status = 201, body = Told),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 409, body = ApiError),
        (status = 422, body = ApiError),
    ),
)]
async fn make(
    State(app): State<App>,
    caller: ApiCaller,
    Path(user): Path<String>,
    Body(new): Body<NewToken>,
) -> Result<(StatusCode, Json<Told>), Error> {
    oneself(&caller, &user)?;
    let expires_at = new.expires_at.as_deref().map(str::parse::<Timestamp>).transpose();
    let expires_at =
        expires_at.map_err(|_| Error::Refused(Refusal::field("expires_at", "invalid_date")))?;
    let action = MakeToken { name: new.name, scope: scope(&new.scopes)?, expires_at };
    let made = app.act(&caller.by, action).await?;
    Ok((StatusCode::CREATED, Json(told(made.token, Some(made.secret)))))
}

/// Revokes a token, by its number or its name.
#[utoipa::path(
    delete,
    path = "/users/{user}/tokens/{token}",
    tag = "tokens",
    params(("user" = String, Path), ("token" = String, Path)),
    responses(
        (status = 204),
        (status = 401, body = ApiError),
        (status = 403, body = ApiError),
        (status = 404, body = ApiError),
    ),
)]
async fn revoke(
    State(app): State<App>,
    caller: ApiCaller,
    Path((user, token)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    oneself(&caller, &user)?;
    app.act(&caller.by, RevokeToken { which: token }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tokens are one's own: another's are nobody's to see.
fn oneself(caller: &ApiCaller, user: &str) -> Result<(), Error> {
    let person = caller.signed_in()?;
    if person.slug.eq_ignore_ascii_case(user) { Ok(()) } else { Err(Error::NotFound) }
}

fn told(token: Token, secret: Option<String>) -> Told {
    Told {
        id: token.number,
        name: token.name,
        sha1: secret.unwrap_or_default(),
        token_last_eight: token.last_eight,
        scopes: vec![token.scope.name().to_owned()],
        created_at: token.created_at.to_string(),
        last_used_at: token.used_at.map(|at| at.to_string()),
        expires_at: Some(token.expires_at.to_string()),
    }
}

/// Our words, or the dialect's: `all`, `public-only`, `read:…`, `write:…`. Of several, the widest
/// that was asked for, since ours are not cut by subject.
fn scope(words: &[String]) -> Result<TokenScope, Error> {
    let unknown = || Error::Refused(Refusal::field("scopes", "token_scope_unknown"));
    let narrow = words.iter().any(|word| matches!(word.as_str(), "public-only" | "public_only"));
    if words.is_empty() {
        return Ok(TokenScope::Write);
    }
    let mut widest = TokenScope::ReadOnly;
    for word in words {
        let one = match word.as_str() {
            "all" | "full" => TokenScope::Full,
            "public-only" | "public_only" => continue,
            word if word == "write" || word.starts_with("write:") => TokenScope::Write,
            word if word == "read" || word.starts_with("read:") => TokenScope::ReadOnly,
            _ => return Err(unknown()),
        };
        widest = match (widest, one) {
            (TokenScope::Full, _) | (_, TokenScope::Full) => TokenScope::Full,
            (TokenScope::Write, _) | (_, TokenScope::Write) => TokenScope::Write,
            _ => TokenScope::ReadOnly,
        };
    }
    // Whoever asks for the public alone gets no more, whatever else the list says.
    Ok(if narrow { TokenScope::PublicOnly } else { widest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_never_wider_than_what_was_asked() {
        let read = |words: &[&str]| {
            scope(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).ok()
        };
        assert_eq!(read(&[]), Some(TokenScope::Write));
        assert_eq!(read(&["read:repository", "read:user"]), Some(TokenScope::ReadOnly));
        assert_eq!(read(&["read:user", "write:repository"]), Some(TokenScope::Write));
        assert_eq!(read(&["all"]), Some(TokenScope::Full));
        assert_eq!(read(&["public-only", "write:repository"]), Some(TokenScope::PublicOnly));
        assert_eq!(read(&["sudo"]), None);
    }
}
