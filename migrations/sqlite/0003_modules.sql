-- Modules and what was pushed to them (domain.md §c5, security.md B2.2).

create table module (
  id blob primary key,
  number integer not null unique,
  owner_id blob not null references owner (id),
  slug text not null,
  kind text not null check (kind in ('module', 'meta')),
  title text not null,
  description text not null,
  lang text not null,
  licence text,
  visibility text not null check (visibility in ('council', 'space', 'public')),
  default_branch text not null,
  empty integer not null,
  created_by blob,
  created_at integer not null,
  updated_at integer not null,
  pushed_at integer,
  published_at integer,
  unique (owner_id, slug)
) strict;
create index module_public on module (visibility, published_at);

-- The commit point of a push: the row says what the references must be.
create table push (
  id blob primary key,
  module_id blob not null references module (id),
  person_id blob,
  state text not null check (state in ('intent', 'done', 'undone')),
  created_at integer not null,
  finished_at integer
) strict;
create index push_open on push (state, created_at);
create index push_module on push (module_id, created_at);

create table push_ref (
  push_id blob not null references push (id),
  name text not null,
  old_oid text,
  new_oid text,
  primary key (push_id, name)
) strict;
