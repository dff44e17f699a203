//! Who carries a space, and who sits in its coordination group.

use forge_domain::{
    access::{Deed, MemberStatus},
    names::Slug,
};
use forge_store::{
    Tx,
    councils::Council,
    spaces::{self, Space},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    super::{
        Action, Context, councils,
        votes::{self, Effect, Motion},
    },
    membership::{conflict, load, member, named},
};
use crate::error::Error;

/// What a council carries for a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Procedures and contracts.
    Lead,
    /// Contributions and payments.
    Treasurer,
}

impl Office {
    /// The office of this word.
    pub fn read(word: &str) -> Option<Self> {
        match word.trim() {
            "lead" => Some(Self::Lead),
            "treasurer" => Some(Self::Treasurer),
            _ => None,
        }
    }
}

/// Proposes another lead or treasurer, which opens a vote of the members as on the charter.
#[derive(Debug, Clone)]
pub struct ProposeOffice {
    /// Which space.
    pub space: Slug,
    /// Which office.
    pub office: Office,
    /// The council that is to hold it.
    pub council: Slug,
    /// Why, in Markdown.
    pub explanation: String,
}

impl Action for ProposeOffice {
    const DEED: Deed = Deed::OpenVote;
    type Output = String;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<String, Error> {
        let space = votes::allowed_in(tx, cx, &self.space).await?;
        let council = able(tx, &space, self.office, &self.council).await?;
        let name = &council.name;
        let question = match (space.lang.as_str(), self.office) {
            ("fr", Office::Lead) => format!("Confier l’espace à {name} ?"),
            ("fr", Office::Treasurer) => format!("Confier les fonds à {name} ?"),
            (_, Office::Lead) => format!("Make {name} the lead of the space?"),
            (_, Office::Treasurer) => format!("Make {name} the treasurer of the space?"),
        };
        let motion = Motion {
            question,
            explanation: self.explanation.clone(),
            effect: Effect::Appoint { office: self.office, council: council.slug.clone() },
        };
        let reference = votes::open(tx, cx, &space, motion).await?;
        cx.record(reference.clone(), json!({ "space": space.slug, "council": council.slug }));
        Ok(reference)
    }
}

/// Gives an office to the council the members chose.
pub(in crate::actions) async fn appoint(
    tx: &mut Tx,
    space: &Space,
    office: Office,
    council: &str,
) -> Result<(), Error> {
    let slug: Slug = council.parse().map_err(anyhow::Error::from)?;
    let council = able(tx, space, office, &slug).await?;
    let (lead, treasurer) = match office {
        Office::Lead => (council.id, space.treasurer_id),
        Office::Treasurer => (space.lead_id, council.id),
    };
    spaces::set_offices(&mut *tx, space.id, lead, treasurer).await?;
    Ok(())
}

/// A verified council that contributes to the space; funds may also be held outside of it, by an
/// association or a grouping.
async fn able(tx: &mut Tx, space: &Space, office: Office, slug: &Slug) -> Result<Council, Error> {
    let council = councils::verified(tx, "council", slug).await?;
    let member = member(tx, space, council.id).await?;
    let contributes = member.is_some_and(|member| member.status == MemberStatus::Contributor);
    if office == Office::Lead && !contributes {
        return Err(conflict("lead_not_a_member"));
    }
    Ok(council)
}

/// Gives a member a seat in the coordination group, or takes it back.
#[derive(Debug, Clone)]
pub struct SetSeat {
    /// Which space.
    pub space: Slug,
    /// Which council.
    pub council: Slug,
    /// Whether it sits there.
    pub coordinates: bool,
}

impl Action for SetSeat {
    const DEED: Deed = Deed::AdmitMember;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let (space, on) = load(tx, &self.space).await?;
        cx.allow(&on)?;
        let council = named(tx, &self.council).await?;
        let member = member(tx, &space, council.id).await?;
        let belongs = member.is_some_and(|member| {
            matches!(member.status, MemberStatus::Observer | MemberStatus::Contributor)
        });
        if !belongs {
            return Err(conflict("not_in_space"));
        }
        spaces::set_seat(&mut *tx, (space.id, council.id), self.coordinates).await?;
        let detail = json!({ "council": council.slug, "coordinates": self.coordinates });
        cx.record_for(space.lead_id, space.slug, detail);
        Ok(())
    }
}
