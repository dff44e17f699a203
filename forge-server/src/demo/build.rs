//! Plays the script, day by day: the same acts as everybody's, at hours that follow each other.

use forge_domain::{
    access::{MemberStatus, Role, TokenScope},
    calendar,
    names::Slug,
};
use forge_store::{councils::Population, dump};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use uuid::Uuid;

use super::{
    Account, DemoError, PASSWORD, World,
    calls::CallPlay,
    modules::ModulePlay,
    script::{self, Council, Person, Society, Space},
};
use crate::{
    actions::{
        Action,
        councils::{RegisterCouncil, VerifyCouncil},
        mandates::GiveMandate,
        members::{Grant, GrantRole, GrantSignatory},
        people::{CreateAdministrator, CreatePerson, NewAccount},
        spaces::{AdmitMember, AskToJoin, FoundSpace},
        tokens::MakeToken,
    },
    app::{App, By},
    auth::{console, password},
    error::Error,
    jobs,
};

/// The days the script takes. The call that stays open ends sixty days after its last one.
const DAYS: i32 = 220;
/// The hour at which a day of the script begins (UTC), and what passes between two acts.
const MORNING: SignedDuration = SignedDuration::from_hours(8);
const PAUSE: SignedDuration = SignedDuration::from_mins(3);
/// The year of the counts of inhabitants.
const VINTAGE: &str = "2026";
/// The administrator, who belongs to no council.
const ADMINISTRATOR: &str = "camille";

/// A play of the script: where it stands, and on what.
pub(super) struct Play<'a> {
    pub(super) app: &'a App,
    pub(super) society: &'a Society,
    first_day: Date,
}

impl Play<'_> {
    /// The date of a day of the script.
    pub(super) fn date(&self, day: i32) -> Result<Date, Error> {
        Ok(calendar::add_days(self.first_day, day).map_err(anyhow::Error::from)?)
    }

    /// The person of this login.
    pub(super) fn person(&self, login: &Slug) -> Result<&Person, Error> {
        let found = self.society.people.iter().find(|person| person.login == *login);
        Ok(found.ok_or_else(|| anyhow::anyhow!("nobody in the script is {login}"))?)
    }

    /// In the name of a person, with the roles they have by then.
    pub(super) async fn by(&self, login: &Slug) -> Result<By, Error> {
        console::person(self.app, login).await
    }

    /// Does an act, and lets some minutes pass.
    pub(super) async fn act<A: Action>(&self, by: &By, action: A) -> Result<A::Output, Error> {
        let done = self.app.act(by, action).await?;
        self.pass();
        Ok(done)
    }

    /// Lets some minutes pass, so that no two things happen at once.
    pub(super) fn pass(&self) {
        let now = self.app.clock.now();
        self.app.clock.set(now.checked_add(PAUSE).unwrap_or(now));
    }

    fn begin_day(&self, day: i32) -> Result<(), Error> {
        let midnight = self.date(day)?.to_zoned(TimeZone::UTC).map_err(anyhow::Error::from)?;
        let morning = midnight.timestamp().checked_add(MORNING).map_err(anyhow::Error::from)?;
        self.app.clock.set(morning);
        Ok(())
    }
}

/// Makes the world on an empty forge whose clock can be set; `now` is the instant it ends at.
///
/// # Errors
/// [`DemoError::OtherForge`] where the database is not empty.
pub async fn build(app: &App, now: Timestamp) -> Result<World, DemoError> {
    let mut tx = app.db.snapshot().await.map_err(Error::from)?;
    let empty = dump::is_empty(&mut tx).await.map_err(Error::from)?;
    tx.rollback().await.map_err(Error::from)?;
    if !empty {
        return Err(DemoError::OtherForge("the database".to_owned()));
    }
    let society = script::society()?;
    let today = calendar::date_at(now, &TimeZone::UTC);
    let first_day = calendar::add_days(today, -DAYS).map_err(anyhow::Error::from);
    let play = Play { app, society: &society, first_day: first_day.map_err(Error::from)? };
    let mut modules = ModulePlay::new(script::histories()?);
    let mut calls = CallPlay::new(script::calls()?);
    // One hash for all: the password is printed, so a salt of its own protects nobody's.
    let hash = password::hash(PASSWORD.to_owned()).await?;
    for day in 0..DAYS {
        play.begin_day(day)?;
        jobs::runner::run_due(app).await?;
        if day == 0 {
            settle(&play, &hash).await?;
        }
        for space in &society.spaces {
            found(&play, space, day).await?;
        }
        modules.play(&play, day).await?;
        calls.play(&play, day).await?;
    }
    jobs::runner::run_due(app).await?;
    app.clock.set(now);
    let accounts = accounts(&play).await?;
    jobs::runner::run_due(app).await?;
    let (open_call, named) = (calls.open()?, calls.named());
    Ok(World { accounts, open_call, calls: named, modules: modules.public() })
}

/// The first day: the administrator registers and verifies the councils and brings in their
/// people; each council's lead names its signatories.
async fn settle(play: &Play<'_>, hash: &str) -> Result<(), Error> {
    let console = console::administrator(play.app).await?;
    let account = NewAccount {
        login: ADMINISTRATOR.to_owned(),
        name: "Camille Aubry".to_owned(),
        email: "camille.aubry@forge.example".to_owned(),
        password_hash: Some(hash.to_owned()),
    };
    play.act(&console, CreateAdministrator { link: None, account }).await?;
    let administrator = console::administrator(play.app).await?;
    for council in &play.society.councils {
        register(play, &administrator, council).await?;
    }
    for person in &play.society.people {
        let account = NewAccount {
            login: person.login.to_string(),
            name: person.name.clone(),
            email: person.email(),
            password_hash: Some(hash.to_owned()),
        };
        play.act(&administrator, CreatePerson { account }).await?;
        for role in person.roles.iter().filter(|role| **role != Role::Signatory) {
            play.act(&administrator, GrantRole(grant(person, *role))).await?;
        }
    }
    for person in &play.society.people {
        if person.roles.contains(&Role::Signatory) {
            name_signatory(play, person).await?;
        }
    }
    Ok(())
}

async fn register(play: &Play<'_>, by: &By, council: &Council) -> Result<(), Error> {
    let source_url = Some("https://statistiques.example/populations/2026".to_owned());
    let population = Population {
        kind: "municipale".to_owned(),
        vintage: VINTAGE.to_owned(),
        value: council.inhabitants,
        reference_date: None,
        source_url,
    };
    let siren: String = council.siret.chars().take(9).collect();
    let identifiers = [("siren", siren), ("siret", council.siret.clone())];
    let action = RegisterCouncil {
        identifiers: identifiers.map(|(scheme, value)| (scheme.to_owned(), value)).to_vec(),
        slug: council.slug.to_string(),
        name: council.name.clone(),
        kind: council.kind.clone(),
        website: format!("https://www.{}.example/", council.slug),
        domains: vec![format!("{}.example", council.slug)],
        populations: vec![population],
        ..RegisterCouncil::default()
    };
    play.act(by, action).await?;
    let proof = "Appel au secrétariat général, au numéro de l’annuaire officiel.".to_owned();
    play.act(by, VerifyCouncil { slug: council.slug.clone(), proof }).await?;
    Ok(())
}

fn grant(person: &Person, role: Role) -> Grant {
    Grant {
        council: person.council.clone(),
        person: person.login.clone(),
        role,
        from: None,
        until: None,
    }
}

async fn name_signatory(play: &Play<'_>, person: &Person) -> Result<(), Error> {
    let lead = play
        .society
        .people
        .iter()
        .find(|other| other.council == person.council && other.roles.contains(&Role::Lead));
    let lead = lead.ok_or_else(|| anyhow::anyhow!("{} has no lead", person.council))?;
    let by = play.by(&lead.login).await?;
    play.act(&by, GrantSignatory(grant(person, Role::Signatory))).await?;
    if let Some(amount) = &person.mandate {
        let mandate = GiveMandate {
            kinds: Vec::new(),
            council: person.council.clone(),
            person: person.login.clone(),
            amount_max: amount.clone(),
            currency: String::new(),
            from: None,
            until: Some(play.date(3 * 365)?),
            act_ref: "Délibération 2026-01".to_owned(),
        };
        play.act(&by, mandate).await?;
    }
    Ok(())
}

/// What happens to a space on a day: it is founded, or a council joins.
async fn found(play: &Play<'_>, space: &Space, day: i32) -> Result<(), Error> {
    if space.day == day {
        let action = FoundSpace {
            meta: forge_domain::Id::new(Uuid::now_v7()),
            slug: space.slug.clone(),
            title: space.title.clone(),
            purpose: space.purpose.clone(),
            lead: space.lead.clone(),
            treasurer: None,
            lang: "fr".to_owned(),
            time_zone: String::new(),
            currency: String::new(),
            licence: String::new(),
        };
        play.act(&play.by(&space.by).await?, action).await?;
    }
    for member in space.members.iter().filter(|member| member.day == day) {
        let slug: Slug = space.slug.parse().map_err(anyhow::Error::from)?;
        let ask = AskToJoin {
            space: slug.clone(),
            council: member.council.clone(),
            wish: member.wish,
            act_ref: member.act.clone(),
        };
        play.act(&play.by(&member.by).await?, ask).await?;
        let admit = AdmitMember {
            space: slug,
            council: member.council.clone(),
            status: match member.wish {
                MemberStatus::Observer => MemberStatus::Observer,
                _ => MemberStatus::Contributor,
            },
            act_ref: member.act.clone(),
        };
        play.act(&play.by(&space.by).await?, admit).await?;
    }
    Ok(())
}

/// The sign-ins, each with a token of its own.
async fn accounts(play: &Play<'_>) -> Result<Vec<Account>, Error> {
    let administrator: Slug = ADMINISTRATOR.parse().map_err(anyhow::Error::from)?;
    let mut accounts = vec![Account {
        login: ADMINISTRATOR.to_owned(),
        password: PASSWORD.to_owned(),
        token: token(play, &administrator).await?,
        role: "admin".to_owned(),
        name: "Camille Aubry".to_owned(),
        council: None,
    }];
    for person in &play.society.people {
        accounts.push(Account {
            login: person.login.to_string(),
            password: PASSWORD.to_owned(),
            token: token(play, &person.login).await?,
            role: person.roles.first().map(|role| role.name().to_owned()).unwrap_or_default(),
            name: person.name.clone(),
            council: Some(person.council.to_string()),
        });
    }
    Ok(accounts)
}

async fn token(play: &Play<'_>, login: &Slug) -> Result<String, Error> {
    let by = play.by(login).await?;
    let make = MakeToken { name: "exemple".to_owned(), scope: TokenScope::Full, expires_at: None };
    // At one instant: what passes here would end after now.
    Ok(play.app.act(&by, make).await?.secret)
}
