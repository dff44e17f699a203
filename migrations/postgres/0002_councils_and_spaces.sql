-- Public bodies, the spaces they share, and who acts for whom (domain.md §b, §c1, §c3).

create table council (
  id uuid primary key references owner (id),
  kind text not null,
  name text not null,
  country text not null,
  currency text not null,
  website text,
  status text not null check (status in ('pending', 'verified', 'suspended')),
  created_by uuid,
  created_at bigint not null,
  verified_by uuid,
  verified_at bigint
);

create table council_identifier (
  council_id uuid not null references council (id),
  scheme text not null,
  value text not null,
  verified boolean not null,
  primary key (council_id, scheme, value)
);
-- One verified council per identifier (domain.md §c1).
create unique index council_identifier_verified on council_identifier (scheme, value)
  where verified;

create table council_domain (
  council_id uuid not null references council (id),
  domain text not null,
  primary key (council_id, domain)
);

-- A council that belongs to a grouping of councils: its inhabitants count once (domain.md §c1).
create table council_grouping (
  council_id uuid not null references council (id),
  grouping_id uuid not null references council (id),
  primary key (council_id, grouping_id)
);
create index council_grouping_members on council_grouping (grouping_id);

create table council_population (
  council_id uuid not null references council (id),
  kind text not null,
  vintage text not null,
  value bigint not null check (value >= 0),
  -- The day it was counted, where that is known.
  reference_date text,
  source_url text,
  primary key (council_id, kind, vintage)
);

-- A role is always (person, council, role, from, until); until is null while it lasts. It outlives
-- the person: the owner row of who was erased leads to nobody.
create table role (
  id uuid primary key,
  person_id uuid not null references owner (id),
  council_id uuid not null references council (id),
  role text not null,
  valid_from bigint not null,
  valid_until bigint,
  granted_by uuid
);
create index role_person on role (person_id);
create index role_council on role (council_id);

create table mandate (
  id uuid primary key,
  person_id uuid not null references owner (id),
  council_id uuid not null references council (id),
  amount_max bigint not null check (amount_max >= 0),
  currency text not null,
  -- The kinds of act it covers, words separated by spaces.
  kinds text not null,
  act_ref text not null,
  valid_from text not null,
  valid_until text not null,
  granted_by uuid not null,
  granted_at bigint not null,
  revoked_at bigint
);
create index mandate_council on mandate (council_id, person_id);

-- A one-time link: the first administrator's, or an invitation into a council.
create table invitation (
  id uuid primary key,
  token_hash bytea not null unique,
  kind text not null check (kind in ('administrator', 'council')),
  council_id uuid references council (id),
  role text,
  email text,
  created_by uuid,
  created_at bigint not null,
  expires_at bigint not null,
  used_by uuid,
  used_at bigint
);

create table space (
  id uuid primary key references owner (id),
  title text not null,
  purpose text not null,
  lang text not null,
  status text not null check (status in ('incubating', 'active', 'dormant', 'archived')),
  lead_id uuid not null references council (id),
  treasurer_id uuid not null references council (id),
  time_zone text not null,
  currency text not null,
  licence text not null,
  created_by uuid not null,
  created_at bigint not null
);

create table space_member (
  space_id uuid not null references space (id),
  council_id uuid not null references council (id),
  status text not null check (status in ('asked', 'observer', 'contributor', 'suspended', 'left')),
  since bigint not null,
  until bigint,
  -- How a council that asked wishes to belong.
  wish text check (wish in ('observer', 'contributor')),
  act_ref text,
  -- Whether it sits in the coordination group.
  coordinates boolean not null,
  primary key (space_id, council_id)
);
create index space_member_council on space_member (council_id);
