//! The simulation that is kept with each version of a call (K1, domain.md §c6): what every council
//! that contributes to its space would pay under its terms, if all of them took part.

use forge_api::{
    Amount as Text,
    calls::{AnnouncedShare, VersionSimulation},
};
use forge_domain::{
    access::MemberStatus,
    money::Amount,
    sharing::{self, Announced, Participant, Unannounced},
};
use forge_store::{calls, spaces};

use super::{CallBook, Reader, refused, simulation};
use crate::error::{Error, Refusal};

/// Computes the simulation of a call as it stands.
///
/// Ceilings are put aside, as they are in a price curve: it is the price that is announced.
///
/// # Errors
/// [`Error::Refused`] where the rule can weigh nobody, with the councils by name, and where shares
/// cannot be computed.
pub async fn announced(
    reader: &mut Reader<'_>,
    book: &CallBook,
) -> Result<VersionSimulation, Error> {
    let space = book.space.id;
    let members = spaces::members(&mut *reader, space).await?;
    let members: Vec<_> =
        members.into_iter().filter(|one| one.status == MemberStatus::Contributor).collect();
    let everyone = CallBook {
        populations: calls::populations_of_space(&mut *reader, space).await?,
        groupings: calls::groupings_of_space(&mut *reader, space).await?,
        ..book.clone()
    };
    let councils: Vec<Participant> =
        members.iter().map(|one| everyone.counted(one.council_id, one.slug.clone())).collect();
    let request = everyone.request(councils).map_err(|error| refused(&error))?;
    let announced = sharing::announce(request).map_err(|error| match error {
        Unannounced::Sharing(error) => refused(&error),
        Unannounced::Nobody(slugs) => {
            let named = members.iter().filter(|one| slugs.contains(&one.slug));
            let names: Vec<&str> = named.map(|one| one.name.as_str()).collect();
            Error::Refused(Refusal::new("nobody_weighed").arg("councils", names.join(", ")))
        }
    })?;
    told(&everyone, announced)
}

fn told(book: &CallBook, announced: Announced) -> Result<VersionSimulation, Error> {
    let text = |amount: Amount| Text(book.decimal(amount.minor()));
    let shares = &announced.outcome.shares;
    let total = Amount::checked_sum(shares.values().copied()).map_err(anyhow::Error::from)?;
    let rule = serde_json::from_str(&book.call.rule).map_err(anyhow::Error::from)?;
    let weight = |council: &String| announced.weights.as_ref()?.get(council).copied();
    let one = |(council, share): (&String, &Amount)| AnnouncedShare {
        council: council.clone(),
        weight: weight(council),
        share: text(*share),
    };
    Ok(VersionSimulation {
        councils: shares.iter().map(one).collect(),
        total: text(total),
        gap: text(announced.outcome.gap),
        left_out: announced.left_out,
        supposed: announced.supposed,
        request: simulation::request(book, &announced.request, (rule, None)),
    })
}
