-- People, how they sign in, and what they carry.

create table setting (
  key text primary key,
  value text not null
);

-- One namespace at the root of the forge: a council, a space and a person never share a slug.
create table owner (
  id uuid primary key,
  number bigint not null unique,
  slug text not null unique,
  -- What slugs that are easily mistaken for one another have in common.
  skeleton text not null unique,
  kind text not null check (kind in ('person', 'council', 'space'))
);

-- The only table with names and addresses of people: erasing a row erases the person
-- (domain.md §e).
create table person (
  id uuid primary key references owner (id),
  name text not null,
  email text not null unique,
  password_hash text,
  forge_admin boolean not null,
  status text not null check (status in ('active', 'disabled')),
  locale text,
  created_at bigint not null
);

-- An identity provider knows a person by (issuer, subject), never by e-mail address.
create table identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null references person (id),
  created_at bigint not null,
  primary key (issuer, subject)
);

create table session (
  id_hash bytea primary key,
  person_id uuid not null references person (id),
  csrf text not null,
  created_at bigint not null,
  seen_at bigint not null,
  authenticated_at bigint not null,
  expires_at bigint not null
);
create index session_person on session (person_id);

create table access_token (
  id uuid primary key,
  number bigint not null unique,
  person_id uuid not null references person (id),
  name text not null,
  hash bytea not null unique,
  last_eight text not null,
  scope text not null check (scope in ('full', 'write', 'read', 'public_only')),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint
);
create index access_token_person on access_token (person_id);
