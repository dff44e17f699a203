//! From a code to a person: the code is redeemed, the identity token verified, and what it leaves
//! out asked from the provider.

use openidconnect::{
    AuthType, AuthorizationCode, Client, ClientId, ClientSecret, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, LocalizedClaim,
    OAuth2TokenResponse as _, PkceCodeVerifier, RedirectUrl, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _, UserInfoClaims,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType,
        CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};

use super::{
    OidcError, Request, causes,
    claims::{OtherClaims, Profile},
    http::Http,
    unproven, unusable,
};
use crate::config::Provider;

/// The signatures we take: none that is made with a shared secret, and never none at all.
const SIGNATURES: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Tokens = StandardTokenResponse<
    IdTokenFields<
        OtherClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type OurClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The profile in the claims of an identity token, or in those of the second question: the crate
/// gives both the same methods and no trait.
macro_rules! told {
    ($settings:expr, $claims:expr) => {{
        let checked = $claims.email_verified() != Some(false);
        let claim = $settings.council_claim.as_deref();
        Profile {
            issuer: $settings.issuer.clone(),
            subject: $claims.subject().as_str().to_owned(),
            username: $claims.preferred_username().map(|name| name.as_str().to_owned()),
            name: $claims.name().and_then(any_language),
            email: $claims.email().filter(|_| checked).map(|email| email.as_str().to_owned()),
            councils: claim
                .map(|claim| $claims.additional_claims().texts(claim))
                .unwrap_or_default(),
            authenticated_at: None,
        }
    }};
}

/// One provider, and the way to it.
pub(super) struct Exchange<'a> {
    pub(super) settings: &'a Provider,
    pub(super) redirect: &'a str,
    pub(super) http: &'a Http,
}

/// Ourselves as the provider knows us.
pub(super) fn client(
    settings: &Provider,
    document: &CoreProviderMetadata,
    redirect: &str,
) -> Result<OurClient, OidcError> {
    let id = ClientId::new(settings.client_id.clone());
    let secret = settings.client_secret.as_ref();
    let secret = secret.map(|secret| ClientSecret::new(secret.reveal().to_owned()));
    let redirect = RedirectUrl::new(redirect.to_owned()).map_err(unusable)?;
    let client = OurClient::from_provider_metadata(document.clone(), id, secret);
    Ok(client.set_redirect_uri(redirect).set_auth_type(auth_type(document)))
}

/// By the header, which is what a provider takes where it says nothing (OpenID Connect Discovery).
fn auth_type(document: &CoreProviderMetadata) -> AuthType {
    match document.token_endpoint_auth_methods_supported() {
        Some(taken) if !taken.contains(&CoreClientAuthMethod::ClientSecretBasic) => {
            AuthType::RequestBody
        }
        _ => AuthType::BasicAuth,
    }
}

impl Exchange<'_> {
    /// Redeems a code for tokens.
    pub(super) async fn redeem(
        &self,
        document: &CoreProviderMetadata,
        request: &Request,
        code: String,
    ) -> Result<Tokens, OidcError> {
        let client = client(self.settings, document, self.redirect)?;
        let verifier = PkceCodeVerifier::new(request.verifier.secret().clone());
        let asked = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(unusable)?
            .set_pkce_verifier(verifier)
            .request_async(self.http)
            .await;
        asked.map_err(|error| unproven(causes(&error)))
    }

    /// Whom the tokens stand for.
    pub(super) async fn profile(
        &self,
        document: &CoreProviderMetadata,
        request: &Request,
        tokens: &Tokens,
    ) -> Result<Profile, OidcError> {
        let client = client(self.settings, document, self.redirect)?;
        let token = tokens.id_token().ok_or_else(|| unproven("there is no identity token"))?;
        // Signature, issuer, audience and expiry, then the nonce.
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES);
        let claims =
            token.claims(&verifier, &request.nonce).map_err(|error| unproven(causes(&error)))?;
        let authenticated_at = claims.auth_time().map(|time| time.timestamp());
        let profile = Profile { authenticated_at, ..told!(self.settings, claims) };
        if profile.is_whole(self.settings) {
            return Ok(profile);
        }
        // Providers may keep all but the subject for this second question.
        let Ok(asking) =
            client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
        else {
            return Ok(profile);
        };
        let more: UserInfoClaims<OtherClaims, CoreGenderClaim> =
            asking.request_async(self.http).await.map_err(|error| unproven(causes(&error)))?;
        Ok(profile.or(told!(self.settings, more)))
    }
}

impl Profile {
    fn is_whole(&self, settings: &Provider) -> bool {
        let councils = settings.council_claim.is_none() || !self.councils.is_empty();
        self.name.is_some() && self.email.is_some() && councils
    }
}

fn any_language(name: &LocalizedClaim<openidconnect::EndUserName>) -> Option<String> {
    let plain = name.get(None);
    let found = plain.or_else(|| name.iter().next().map(|(_, name)| name));
    found.map(|name| name.as_str().to_owned())
}
