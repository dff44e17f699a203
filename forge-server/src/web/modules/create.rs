//! A new module under a council, a space or oneself.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use forge_domain::{
    Id,
    access::{Deed, Resource, Visibility, councils_for},
    names::Slug,
};
use forge_store::{
    councils,
    owners::{self, Owner, OwnerKind},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    actions::{allow, modules::CreateModule},
    app::App,
    auth::{Viewer, holder},
    error::{Error, Refusal},
    themes::{self, Chrome, Crumb, Nav},
    web::{
        form::{Form, Given},
        page,
    },
    wording,
};

/// `pages/module-new.html`.
#[derive(Debug, Serialize)]
struct NewModulePage {
    /// The frame.
    page: Chrome,
    /// The form: `slug`, `title`, `description`, `council`.
    form: themes::Form,
    /// Where it is sent.
    action: String,
    /// The owner's address.
    owner: String,
    /// In whose name, where there are several to choose from.
    councils: Vec<Choice>,
}

/// One council to act for.
#[derive(Debug, Serialize)]
struct Choice {
    value: String,
    label: String,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    slug: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    council: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(owner): Path<String>,
) -> Result<Response, Error> {
    let under = Under::open(&app, &viewer, &owner).await?;
    under.render(&app, &viewer, StatusCode::OK, themes::Form::default())
}

pub(super) async fn send(
    State(app): State<App>,
    Path(owner): Path<String>,
    sent: Form<Fields>,
) -> Result<Response, Error> {
    let Form { viewer, fields, given } = sent;
    let under = Under::open(&app, &viewer, &owner).await?;
    let made = match fields.act(&owner) {
        Ok(action) => app.act(&viewer.by, action).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(module) => {
            let path = format!("/{}/{}", module.owner, module.slug);
            page::see_other_saying(&app, &path, "mod-created-done")
        }
        Err(Error::Refused(why) | Error::Conflict(why)) => {
            let form = refused(&app, &viewer, &given, &why);
            under.render(&app, &viewer, StatusCode::UNPROCESSABLE_ENTITY, form)
        }
        Err(error) => Err(error),
    }
}

impl Fields {
    fn act(&self, owner: &str) -> Result<CreateModule, Error> {
        let field = |name, code| Error::Refused(Refusal::field(name, code));
        let slug = self.slug.trim().to_lowercase();
        let council = match self.council.as_str() {
            "" => None,
            text => {
                let id = text.parse::<Uuid>().map_err(|_| field("council", "council_missing"))?;
                Some(Id::new(id))
            }
        };
        Ok(CreateModule {
            id: Id::new(Uuid::now_v7()),
            owner: owner.parse().map_err(|_| Error::NotFound)?,
            slug: Slug::for_module(&slug).map_err(|_| field("slug", "module_name"))?,
            title: self.title.trim().to_owned(),
            description: self.description.trim().to_owned(),
            default_branch: None,
            council,
        })
    }
}

/// The owner a module is made under.
struct Under {
    owner: Owner,
    councils: Vec<Choice>,
}

impl Under {
    async fn open(app: &App, viewer: &Viewer, owner: &str) -> Result<Self, Error> {
        let slug = owner.parse::<Slug>().map_err(|_| Error::NotFound)?;
        let owner = owners::by_slug(&app.db, &slug).await?.ok_or(Error::NotFound)?;
        let resource = Resource::new(holder::of_owner(&app.db, &owner).await?, Visibility::Public);
        let mut choices = Vec::new();
        if owner.kind == OwnerKind::Space {
            for id in councils_for(viewer.actor(), Deed::CreateModule, &resource) {
                let council = councils::by_id(&app.db, id).await?.ok_or(Error::NotFound)?;
                choices.push(Choice { value: id.uuid().to_string(), label: council.name });
            }
        }
        if choices.is_empty() {
            allow(viewer.actor(), Deed::CreateModule, &resource)?;
        }
        Ok(Self { owner, councils: choices })
    }

    fn render(
        self,
        app: &App,
        viewer: &Viewer,
        status: StatusCode,
        form: themes::Form,
    ) -> Result<Response, Error> {
        let title = page::text(app, viewer, "mod-new");
        let mut chrome = page::chrome(app, viewer, title.clone());
        chrome.nav = Some(Nav::Catalogue);
        let owner = self.owner.slug;
        chrome.crumbs = vec![Crumb::link(owner.clone(), format!("/{owner}")), Crumb::here(title)];
        let body = NewModulePage {
            page: chrome,
            form,
            action: format!("/{owner}/-/modules/new"),
            owner,
            councils: if self.councils.len() > 1 { self.councils } else { Vec::new() },
        };
        page::page_with(app, viewer, status, ("pages/module-new.html", &body))
    }
}

fn refused(app: &App, viewer: &Viewer, given: &Given, why: &Refusal) -> themes::Form {
    let typed = ["slug", "title", "description", "council"];
    let form = typed
        .into_iter()
        .fold(themes::Form::default(), |form, name| form.value(name, given.get(name)));
    if why.fields.is_empty() {
        // The only refusal that names no field is that the name is taken.
        return form.error("slug", wording::refused(app, viewer.locale(), why));
    }
    why.fields.iter().fold(form, |form, field| {
        form.error(field.field, wording::code(app, viewer.locale(), field.code, &field.args))
    })
}
