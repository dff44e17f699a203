-- Modules and what was pushed to them (domain.md §c5, security.md B2.2).

create table module (
  id uuid primary key,
  number bigint not null unique,
  owner_id uuid not null references owner (id),
  slug text not null,
  kind text not null check (kind in ('module', 'meta')),
  title text not null,
  description text not null,
  lang text not null,
  licence text,
  visibility text not null check (visibility in ('council', 'space', 'public')),
  default_branch text not null,
  empty boolean not null,
  created_by uuid,
  created_at bigint not null,
  updated_at bigint not null,
  pushed_at bigint,
  published_at bigint,
  unique (owner_id, slug)
);
create index module_public on module (visibility, published_at);

-- The commit point of a push: the row says what the references must be.
create table push (
  id uuid primary key,
  module_id uuid not null references module (id),
  person_id uuid,
  state text not null check (state in ('intent', 'done', 'undone')),
  created_at bigint not null,
  finished_at bigint
);
create index push_open on push (state, created_at);
create index push_module on push (module_id, created_at);

create table push_ref (
  push_id uuid not null references push (id),
  name text not null,
  old_oid text,
  new_oid text,
  primary key (push_id, name)
);
