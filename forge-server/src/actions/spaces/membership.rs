//! Joining a space, standing in it, leaving it.
//!
//! Where the charter says how an admission is voted, the members decide on who joins and who is
//! suspended; where it says nothing, the lead does.

use forge_domain::{
    Id,
    access::{Deed, MemberStatus, Resource, Visibility},
    calendar, id,
    names::Slug,
    notices::EventKind,
    vote::VoteKind,
};
use forge_store::{
    Tx, councils as councils_store, jobs,
    spaces::{self, Member, Space, Standing},
    votes::Vote,
};
use serde_json::json;

use super::super::{
    Action, Context, councils,
    fields::{self, Fields},
    votes::{self, Effect, Motion},
};
use crate::{
    auth::holder,
    charter,
    error::{Error, Refusal},
    events::{self, Event},
    funding::Reader,
};

/// The kind of the job that ends a membership; its key is the space's id and the council's.
pub const LEAVE: &str = "leave_space";

/// Asks in a council's name to join a space; its lead answers, or its members by a vote.
#[derive(Debug, Clone)]
pub struct AskToJoin {
    /// Which space.
    pub space: Slug,
    /// Which council.
    pub council: Slug,
    /// How it wishes to belong: observer or contributor.
    pub wish: MemberStatus,
    /// The act it joins by, or empty.
    pub act_ref: String,
}

impl Action for AskToJoin {
    const DEED: Deed = Deed::AskToJoin;
    /// The reference of the vote that answers, where one does.
    type Output = Option<String>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Self::Output, Error> {
        let (space, on) = load(tx, &self.space).await?;
        let council = named(tx, &self.council).await?;
        cx.allow(&on.for_council(council.id))?;
        let council = councils::verified(tx, "council", &self.council).await?;
        if !matches!(self.wish, MemberStatus::Observer | MemberStatus::Contributor) {
            return Err(Error::Refused(Refusal::field("status", "membership_wish")));
        }
        let act_ref = act_ref(&self.act_ref)?;
        match member(tx, &space, council.id).await?.map(|member| member.status) {
            None | Some(MemberStatus::Left) => {}
            Some(MemberStatus::Asked) => return Err(conflict("already_asked")),
            Some(MemberStatus::Suspended) => return Err(conflict("member_suspended")),
            Some(MemberStatus::Observer | MemberStatus::Contributor) => {
                return Err(conflict("already_member"));
            }
        }
        let asked = Standing {
            status: MemberStatus::Asked,
            wish: Some(self.wish),
            act_ref: act_ref.as_deref(),
        };
        spaces::set_member(&mut *tx, (space.id, council.id), asked, cx.now).await?;
        tell(tx, cx, &space, (council.id, EventKind::MemberAsked)).await?;
        let vote = if voted(tx, &space).await? {
            Some(put_to_vote(tx, cx, &space, (&council, self.wish)).await?)
        } else {
            None
        };
        let detail = json!({ "asked": self.wish.name(), "council": council.slug, "vote": vote });
        cx.record_for(council.id, space.slug, detail);
        Ok(vote)
    }
}

/// Answers a council that asked to join, or changes where a member stands: at once, or by a vote
/// where the charter says so.
#[derive(Debug, Clone)]
pub struct AdmitMember {
    /// Which space.
    pub space: Slug,
    /// Which council.
    pub council: Slug,
    /// Where it is to stand.
    pub status: MemberStatus,
    /// The act this rests on, or empty.
    pub act_ref: String,
}

impl Action for AdmitMember {
    const DEED: Deed = Deed::AdmitMember;
    /// The reference of the vote that decides, where one does.
    type Output = Option<String>;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<Self::Output, Error> {
        let (space, on) = load(tx, &self.space).await?;
        cx.allow(&on)?;
        let council = named(tx, &self.council).await?;
        let act_ref = act_ref(&self.act_ref)?;
        let before = fits(tx, &space, (&council, self.status)).await?;
        let vote = if !voted(tx, &space).await? {
            stand(tx, cx, &space, (&council, self.status, act_ref.as_deref())).await?;
            None
        } else if before == MemberStatus::Asked {
            // The vote on it was opened when it asked.
            return Err(conflict("admit_by_vote"));
        } else {
            Some(put_to_vote(tx, cx, &space, (&council, self.status)).await?)
        };
        let detail = json!({
            "council": council.slug, "after": self.status.name(), "before": before.name(),
            "vote": vote,
        });
        cx.record_for(space.lead_id, space.slug, detail);
        Ok(vote)
    }
}

/// Takes a council out of a space: a contributor after the notice the charter asks for, any other
/// at once. What it pledged and wrote stays.
#[derive(Debug, Clone)]
pub struct LeaveSpace {
    /// Which space.
    pub space: Slug,
    /// Which council.
    pub council: Slug,
}

impl Action for LeaveSpace {
    const DEED: Deed = Deed::LeaveSpace;
    /// Whether it has left; otherwise its notice runs.
    type Output = bool;

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<bool, Error> {
        let (space, on) = load(tx, &self.space).await?;
        let council = named(tx, &self.council).await?;
        cx.allow(&on.for_council(council.id))?;
        stays(&space, council.id)?;
        let member = member(tx, &space, council.id).await?;
        let member = member.filter(|member| member.status != MemberStatus::Left);
        let member = member.ok_or_else(|| conflict("not_in_space"))?;
        let charter = charter::in_force(&mut Reader::Tx(&mut *tx), space.id).await?;
        let notice = match member.status {
            MemberStatus::Contributor => charter.days_of_notice(),
            _ => 0,
        };
        if notice == 0 {
            leave(tx, cx, &space, (council.id, EventKind::MemberLeft)).await?;
            let detail = json!({ "after": "left", "council": council.slug });
            cx.record_for(council.id, space.slug, detail);
            return Ok(true);
        }
        if member.until.is_some() {
            return Err(conflict("already_leaving"));
        }
        let zone = calendar::parse_zone(&space.time_zone).map_err(anyhow::Error::from)?;
        let days = i32::try_from(notice).unwrap_or(i32::MAX);
        let last = calendar::add_days(calendar::date_at(cx.now, &zone), days);
        let last = last.map_err(anyhow::Error::from)?;
        let until = calendar::deadline_instant(last, &zone).map_err(anyhow::Error::from)?;
        spaces::give_notice(&mut *tx, (space.id, council.id), until).await?;
        let key = format!("{} {}", space.id, council.id);
        jobs::queue(&mut *tx, cx.new_id(), (LEAVE, &key), "{}", until, cx.now).await?;
        let detail = json!({ "leaves_after": last.to_string(), "council": council.slug });
        cx.record_for(council.id, space.slug, detail);
        Ok(false)
    }
}

/// What the alarm of a notice does: ends the membership, unless the notice was taken back.
#[derive(Debug, Clone)]
pub struct EndMembership {
    /// The space's id and the council's, as the job has them.
    pub key: String,
}

impl Action for EndMembership {
    const DEED: Deed = Deed::LeaveSpace;
    type Output = ();

    async fn run(&self, tx: &mut Tx, cx: &Context<'_>) -> Result<(), Error> {
        let unreadable = || anyhow::anyhow!("“{}” names no membership", self.key);
        let (space, council) = self.key.split_once(' ').ok_or_else(unreadable)?;
        let space: Id<id::Space> = space.parse().map_err(|_| unreadable())?;
        let council: Id<id::Council> = council.parse().map_err(|_| unreadable())?;
        let space = spaces::by_id(&mut *tx, space).await?.ok_or(Error::NotFound)?;
        let member = member(tx, &space, council).await?;
        let member = member.filter(|member| member.status != MemberStatus::Left);
        let Some(until) = member.and_then(|member| member.until) else {
            cx.record_for(council, space.slug, json!({ "stays": true }));
            return Ok(());
        };
        if until > cx.now {
            jobs::queue(&mut *tx, cx.new_id(), (LEAVE, &self.key), "{}", until, cx.now).await?;
            cx.record_for(council, space.slug, json!({ "again_at": until.to_string() }));
            return Ok(());
        }
        // Who was made lead or treasurer meanwhile stays until another is.
        let leaves = stays(&space, council).is_ok();
        if leaves {
            leave(tx, cx, &space, (council, EventKind::MemberLeft)).await?;
        }
        cx.record_for(council, space.slug, json!({ "left": leaves }));
        Ok(())
    }
}

/// Whether the members decide where a council stands.
async fn voted(tx: &mut Tx, space: &Space) -> Result<bool, Error> {
    let charter = charter::in_force(&mut Reader::Tx(&mut *tx), space.id).await?;
    Ok(charter.asks_for(VoteKind::Admit))
}

async fn put_to_vote(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    (council, status): (&councils_store::Council, MemberStatus),
) -> Result<String, Error> {
    let name = &council.name;
    let question = match (space.lang.as_str(), status) {
        ("fr", MemberStatus::Suspended) => format!("Suspendre {name} ?"),
        ("fr", MemberStatus::Left) => format!("Mettre fin à la participation de {name} ?"),
        ("fr", MemberStatus::Observer) => format!("Accueillir {name} comme observateur ?"),
        ("fr", _) => format!("Accueillir {name} comme contributeur ?"),
        (_, MemberStatus::Suspended) => format!("Suspend {name}?"),
        (_, MemberStatus::Left) => format!("End the membership of {name}?"),
        (_, MemberStatus::Observer) => format!("Admit {name} as an observer?"),
        (_, _) => format!("Admit {name} as a contributor?"),
    };
    let effect = Effect::Admit { council: council.slug.clone(), status: status.name().to_owned() };
    votes::open(tx, cx, space, Motion { question, explanation: String::new(), effect }).await
}

/// Refuses a place in the space that this council cannot have; answers where it stands.
async fn fits(
    tx: &mut Tx,
    space: &Space,
    (council, status): (&councils_store::Council, MemberStatus),
) -> Result<MemberStatus, Error> {
    if council.id == space.lead_id {
        return Err(conflict("lead_stays"));
    }
    let before = member(tx, space, council.id).await?.map(|member| member.status);
    match (before, status) {
        // Nobody is made a member who did not ask; who left asks again.
        (None | Some(MemberStatus::Left), _) => Err(conflict("not_asked")),
        (_, MemberStatus::Asked) => {
            Err(Error::Refused(Refusal::field("status", "membership_status")))
        }
        (_, MemberStatus::Left | MemberStatus::Suspended) if council.id == space.treasurer_id => {
            Err(conflict("treasurer_stays"))
        }
        (Some(before), _) => Ok(before),
    }
}

/// Puts a council in its place; one that is to contribute or observe is verified.
pub(in crate::actions) async fn stand(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    (council, status, act_ref): (&councils_store::Council, MemberStatus, Option<&str>),
) -> Result<(), Error> {
    let before = fits(tx, space, (council, status)).await?;
    if matches!(status, MemberStatus::Observer | MemberStatus::Contributor) {
        let slug: Slug = council.slug.parse().map_err(anyhow::Error::from)?;
        councils::verified(tx, "council", &slug).await?;
    }
    let new = Standing { status, wish: None, act_ref };
    spaces::set_member(&mut *tx, (space.id, council.id), new, cx.now).await?;
    let kind = match status {
        MemberStatus::Asked => return Ok(()),
        MemberStatus::Observer | MemberStatus::Contributor => EventKind::MemberJoined,
        MemberStatus::Suspended => EventKind::MemberSuspended,
        MemberStatus::Left if before == MemberStatus::Asked => EventKind::MemberDeclined,
        MemberStatus::Left => EventKind::MemberLeft,
    };
    tell(tx, cx, space, (council.id, kind)).await
}

/// Tells where a council stands in a space now.
async fn tell(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    (council, kind): (Id<id::Council>, EventKind),
) -> Result<(), Error> {
    let event = Event::in_space(space, kind).of(council);
    // A council may come and go any number of times.
    let nth = format!("{council}:{}", cx.now.as_microsecond());
    events::emit(tx, cx, event.nth(nth)).await?;
    Ok(())
}

/// What follows when the members do not admit a council: one that asked has its answer.
pub(in crate::actions) async fn turn_down(
    tx: &mut Tx,
    cx: &Context<'_>,
    vote: &Vote,
    council: &str,
) -> Result<(), Error> {
    let slug: Slug = council.parse().map_err(anyhow::Error::from)?;
    let space = spaces::by_id(&mut *tx, vote.space_id).await?.ok_or(Error::NotFound)?;
    let council = named(tx, &slug).await?;
    let member = member(tx, &space, council.id).await?;
    if member.is_some_and(|member| member.status == MemberStatus::Asked) {
        leave(tx, cx, &space, (council.id, EventKind::MemberDeclined)).await?;
    }
    Ok(())
}

async fn leave(
    tx: &mut Tx,
    cx: &Context<'_>,
    space: &Space,
    (council, kind): (Id<id::Council>, EventKind),
) -> Result<(), Error> {
    let left = Standing { status: MemberStatus::Left, wish: None, act_ref: None };
    spaces::set_member(&mut *tx, (space.id, council), left, cx.now).await?;
    tell(tx, cx, space, (council, kind)).await
}

/// The lead and the treasurer stay until another takes their place.
fn stays(space: &Space, council: Id<id::Council>) -> Result<(), Error> {
    if council == space.lead_id {
        return Err(conflict("lead_stays"));
    }
    if council == space.treasurer_id {
        return Err(conflict("treasurer_stays"));
    }
    Ok(())
}

pub(super) async fn load(tx: &mut Tx, slug: &Slug) -> Result<(Space, Resource), Error> {
    let space = spaces::by_slug(&mut *tx, slug).await?.ok_or(Error::NotFound)?;
    let (space, held) = holder::of_space_in(tx, space.id).await?;
    Ok((space, Resource::new(held, Visibility::Public)))
}

pub(super) async fn named(tx: &mut Tx, slug: &Slug) -> Result<councils_store::Council, Error> {
    let council = councils_store::by_slug(&mut *tx, slug).await?;
    council.ok_or_else(|| Error::Refused(Refusal::field("council", "council_unknown")))
}

pub(super) async fn member(
    tx: &mut Tx,
    space: &Space,
    council: Id<id::Council>,
) -> Result<Option<Member>, Error> {
    let members = spaces::members(&mut *tx, space.id).await?;
    Ok(members.into_iter().find(|member| member.council_id == council))
}

pub(super) fn conflict(code: &'static str) -> Error {
    Error::Conflict(Refusal::new(code))
}

fn act_ref(text: &str) -> Result<Option<String>, Error> {
    let mut wrong = Fields::default();
    let read = wrong.take("act_ref", fields::short(text, 200));
    Ok(Some(wrong.end(read)?).filter(|text| !text.is_empty()))
}
