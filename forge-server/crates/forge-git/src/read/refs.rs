//! Branches, tags and what a revision of an address names.

use forge_domain::names::{Oid, RefKind, RefName, Revision};

use super::commit::{Signature, signature, split_message, text};
use crate::{
    error::{GitError, Result, damaged},
    repository::{Repository, from_gix, to_gix},
};

/// A branch and the commit it points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its full name.
    pub name: RefName,
    /// The commit at its tip.
    pub tip: Oid,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its full name.
    pub name: RefName,
    /// What the reference itself names: a tag object when annotated.
    pub target: Oid,
    /// The commit in the end; nothing for a tag of a tree or a file.
    pub commit: Option<Oid>,
    /// What an annotated tag says.
    pub annotation: Option<Annotation>,
}

/// The content of an annotated tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Who made it; some old tags do not say.
    pub tagger: Option<Signature>,
    /// The first paragraph of its message.
    pub subject: String,
    /// The rest of its message.
    pub body: String,
    /// Whether it carries a signature (which is not verified here).
    pub signed: bool,
}

/// A reference as the protocol lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawRef {
    pub(crate) name: Vec<u8>,
    pub(crate) target: gix::ObjectId,
    /// What an annotated tag leads to.
    pub(crate) peeled: Option<gix::ObjectId>,
}

impl Repository {
    /// What a revision of an address names, as a commit: a short name is a branch before a tag.
    ///
    /// # Errors
    /// [`GitError::NotFound`] when nothing has that name, when it is no commit, or when an
    /// identifier exists but no branch and no tag leads to it.
    pub async fn resolve(&self, revision: &Revision) -> Result<Oid> {
        let revision = revision.clone();
        let limits = self.limits().clone();
        self.read(move |repo| {
            let missing = || GitError::NotFound(format!("the revision {revision}"));
            let found = match &revision {
                Revision::Head => head_commit(repo)?,
                Revision::Full(name) => peel_ref(repo, name)?,
                Revision::Short { branch, tag } => match peel_ref(repo, branch)? {
                    Some(id) => Some(id),
                    None => peel_ref(repo, tag)?,
                },
                Revision::Oid(oid) => {
                    let id = to_gix(*oid);
                    let wanted = std::iter::once(id).collect();
                    match crate::fetch::unreachable(repo, wanted, &limits)? {
                        None => commit_of(repo, id)?,
                        Some(_) => None,
                    }
                }
            };
            found.map(from_gix).ok_or_else(missing)
        })
        .await
    }

    /// The branch that HEAD names, whether or not it has a commit yet.
    pub async fn default_branch(&self) -> Result<RefName> {
        self.read(|repo| {
            let name = repo.head_name()?.ok_or_else(|| damaged("HEAD names no branch"))?;
            RefName::from_bytes(name.as_bstr()).map_err(damaged)
        })
        .await
    }

    /// The commit at the tip of a branch or tag; nothing when it does not exist.
    pub async fn tip(&self, name: &RefName) -> Result<Option<Oid>> {
        let name = name.clone();
        self.read(move |repo| Ok(peel_ref(repo, &name)?.map(from_gix))).await
    }

    /// All branches by name.
    pub async fn branches(&self) -> Result<Vec<Branch>> {
        self.read(|repo| {
            let mut branches = Vec::new();
            for raw in raw_refs(repo)? {
                if let Some(name) = named(&raw, RefKind::Branch) {
                    branches.push(Branch { name, tip: from_gix(raw.target) });
                }
            }
            Ok(branches)
        })
        .await
    }

    /// All tags by name.
    pub async fn tags(&self) -> Result<Vec<Tag>> {
        self.read(|repo| {
            let mut tags = Vec::new();
            for raw in raw_refs(repo)? {
                if let Some(name) = named(&raw, RefKind::Tag) {
                    let commit = commit_of(repo, raw.target)?.map(from_gix);
                    let annotation = annotation(repo, raw.target)?;
                    tags.push(Tag { name, target: from_gix(raw.target), commit, annotation });
                }
            }
            Ok(tags)
        })
        .await
    }
}

fn named(raw: &RawRef, kind: RefKind) -> Option<RefName> {
    RefName::from_bytes(&raw.name).ok().filter(|name| name.kind() == kind)
}

/// The branches and tags, sorted by name. References of merge requests are another question
/// ([`crate::requests`]): there may be a hundred times as many, and a plain clone wants none.
pub(crate) fn raw_refs(repo: &gix::Repository) -> Result<Vec<RawRef>> {
    let mut refs = Vec::new();
    for kind in [RefKind::Branch, RefKind::Tag] {
        for reference in refs_below(repo, kind.prefix())? {
            let gix::refs::Target::Object(target) = reference.target else { continue };
            let peeled = match reference.peeled {
                Some(id) => Some(id).filter(|id| *id != target),
                None => peel_tag(repo, target)?,
            };
            refs.push(RawRef { name: reference.name.as_bstr().to_vec(), target, peeled });
        }
    }
    Ok(refs)
}

/// What stands in a folder of references, sorted by name.
pub(crate) fn refs_below(
    repo: &gix::Repository,
    folder: &str,
) -> Result<Vec<gix::refs::Reference>> {
    let platform = repo.refs.iter().map_err(damaged)?;
    let folder = <&gix::path::RelativePath>::try_from(folder).map_err(damaged)?;
    let found = platform.prefixed(folder).map_err(damaged)?;
    let mut refs = found.collect::<std::result::Result<Vec<_>, _>>().map_err(damaged)?;
    refs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(refs)
}

/// Where a chain of tag objects ends; nothing when `id` is no tag.
fn peel_tag(repo: &gix::Repository, id: gix::ObjectId) -> Result<Option<gix::ObjectId>> {
    /// A tag of a tag of a tag is a curiosity; more is an attack.
    const CHAIN_MAX: usize = 16;
    let mut end = id;
    for _ in 0..CHAIN_MAX {
        let Some(header) = repo.try_find_header(end)? else { break };
        if header.kind() != gix::objs::Kind::Tag {
            return Ok(Some(end).filter(|end| *end != id));
        }
        let tag = repo.find_tag(end)?;
        end = tag.target_id()?.detach();
    }
    Ok(None)
}

/// The commit that `id` is or, being a tag, leads to.
pub(crate) fn commit_of(
    repo: &gix::Repository,
    id: gix::ObjectId,
) -> Result<Option<gix::ObjectId>> {
    let end = peel_tag(repo, id)?.unwrap_or(id);
    let kind = repo.try_find_header(end)?.map(|header| header.kind());
    Ok(Some(end).filter(|_| kind == Some(gix::objs::Kind::Commit)))
}

/// The commit HEAD leads to; nothing in an empty repository.
pub(crate) fn head_commit(repo: &gix::Repository) -> Result<Option<gix::ObjectId>> {
    match repo.head_name()? {
        Some(name) => match ref_target(repo, name.as_bstr())? {
            Some(id) => commit_of(repo, id),
            None => Ok(None),
        },
        None => Ok(None),
    }
}

/// What a reference names, without peeling.
pub(crate) fn ref_target(repo: &gix::Repository, full: &[u8]) -> Result<Option<gix::ObjectId>> {
    let name: &gix::bstr::BStr = full.into();
    let name: &gix::refs::FullNameRef = name.try_into().map_err(damaged)?;
    let found = repo.refs.try_find(name).map_err(damaged)?;
    Ok(found.and_then(|reference| reference.target.try_into_id().ok()))
}

fn peel_ref(repo: &gix::Repository, name: &RefName) -> Result<Option<gix::ObjectId>> {
    match ref_target(repo, name.as_str().as_bytes())? {
        Some(id) => commit_of(repo, id),
        None => Ok(None),
    }
}

fn annotation(repo: &gix::Repository, id: gix::ObjectId) -> Result<Option<Annotation>> {
    if repo.find_header(id)?.kind() != gix::objs::Kind::Tag {
        return Ok(None);
    }
    let object = repo.find_object(id)?;
    let tag = gix::objs::TagRef::from_bytes(&object.data, repo.object_hash()).map_err(damaged)?;
    let (subject, body) = split_message(&text(tag.message, false));
    let tagger = tag.tagger().ok().flatten().map(|raw| signature(raw, false));
    Ok(Some(Annotation { tagger, subject, body, signed: tag.signature.is_some() }))
}
