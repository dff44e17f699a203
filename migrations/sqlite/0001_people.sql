-- People, how they sign in, and what they carry.

create table setting (
  key text primary key,
  value text not null
) strict;

-- One namespace at the root of the forge: a council, a space and a person never share a slug.
create table owner (
  id blob primary key,
  number integer not null unique,
  slug text not null unique,
  -- What slugs that are easily mistaken for one another have in common.
  skeleton text not null unique,
  kind text not null check (kind in ('person', 'council', 'space'))
) strict;

-- The only table with names and addresses of people: erasing a row erases the person
-- (domain.md §e).
create table person (
  id blob primary key references owner (id),
  name text not null,
  email text not null unique,
  password_hash text,
  forge_admin integer not null,
  status text not null check (status in ('active', 'disabled')),
  locale text,
  created_at integer not null
) strict;

-- An identity provider knows a person by (issuer, subject), never by e-mail address.
create table identity (
  issuer text not null,
  subject text not null,
  person_id blob not null references person (id),
  created_at integer not null,
  primary key (issuer, subject)
) strict;

create table session (
  id_hash blob primary key,
  person_id blob not null references person (id),
  csrf text not null,
  created_at integer not null,
  seen_at integer not null,
  authenticated_at integer not null,
  expires_at integer not null
) strict;
create index session_person on session (person_id);

create table access_token (
  id blob primary key,
  number integer not null unique,
  person_id blob not null references person (id),
  name text not null,
  hash blob not null unique,
  last_eight text not null,
  scope text not null check (scope in ('full', 'write', 'read', 'public_only')),
  created_at integer not null,
  expires_at integer not null,
  used_at integer,
  revoked_at integer
) strict;
create index access_token_person on access_token (person_id);
