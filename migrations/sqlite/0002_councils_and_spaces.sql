-- Public bodies, the spaces they share, and who acts for whom (domain.md §b, §c1, §c3).

create table council (
  id blob primary key references owner (id),
  kind text not null,
  name text not null,
  country text not null,
  currency text not null,
  website text,
  status text not null check (status in ('pending', 'verified', 'suspended')),
  created_by blob,
  created_at integer not null,
  verified_by blob,
  verified_at integer
) strict;

create table council_identifier (
  council_id blob not null references council (id),
  scheme text not null,
  value text not null,
  verified integer not null,
  primary key (council_id, scheme, value)
) strict;
-- One verified council per identifier (domain.md §c1).
create unique index council_identifier_verified on council_identifier (scheme, value)
  where verified;

create table council_domain (
  council_id blob not null references council (id),
  domain text not null,
  primary key (council_id, domain)
) strict;

-- A council that belongs to a grouping of councils: its inhabitants count once (domain.md §c1).
create table council_grouping (
  council_id blob not null references council (id),
  grouping_id blob not null references council (id),
  primary key (council_id, grouping_id)
) strict;
create index council_grouping_members on council_grouping (grouping_id);

create table council_population (
  council_id blob not null references council (id),
  kind text not null,
  vintage text not null,
  value integer not null check (value >= 0),
  -- The day it was counted, where that is known.
  reference_date text,
  source_url text,
  primary key (council_id, kind, vintage)
) strict;

-- A role is always (person, council, role, from, until); until is null while it lasts. It outlives
-- the person: the owner row of who was erased leads to nobody.
create table role (
  id blob primary key,
  person_id blob not null references owner (id),
  council_id blob not null references council (id),
  role text not null,
  valid_from integer not null,
  valid_until integer,
  granted_by blob
) strict;
create index role_person on role (person_id);
create index role_council on role (council_id);

create table mandate (
  id blob primary key,
  person_id blob not null references owner (id),
  council_id blob not null references council (id),
  amount_max integer not null check (amount_max >= 0),
  currency text not null,
  -- The kinds of act it covers, words separated by spaces.
  kinds text not null,
  act_ref text not null,
  valid_from text not null,
  valid_until text not null,
  granted_by blob not null,
  granted_at integer not null,
  revoked_at integer
) strict;
create index mandate_council on mandate (council_id, person_id);

-- A one-time link: the first administrator's, or an invitation into a council.
create table invitation (
  id blob primary key,
  token_hash blob not null unique,
  kind text not null check (kind in ('administrator', 'council')),
  council_id blob references council (id),
  role text,
  email text,
  created_by blob,
  created_at integer not null,
  expires_at integer not null,
  used_by blob,
  used_at integer
) strict;

create table space (
  id blob primary key references owner (id),
  title text not null,
  purpose text not null,
  lang text not null,
  status text not null check (status in ('incubating', 'active', 'dormant', 'archived')),
  lead_id blob not null references council (id),
  treasurer_id blob not null references council (id),
  time_zone text not null,
  currency text not null,
  licence text not null,
  created_by blob not null,
  created_at integer not null
) strict;

create table space_member (
  space_id blob not null references space (id),
  council_id blob not null references council (id),
  status text not null check (status in ('asked', 'observer', 'contributor', 'suspended', 'left')),
  since integer not null,
  until integer,
  -- How a council that asked wishes to belong.
  wish text check (wish in ('observer', 'contributor')),
  act_ref text,
  -- Whether it sits in the coordination group.
  coordinates integer not null,
  primary key (space_id, council_id)
) strict;
create index space_member_council on space_member (council_id);
