-- Calls, pledges and the documents behind them (domain.md §c6 to §c9). Amounts are minor units.

create table call (
  id blob primary key,
  ref text not null unique,
  space_id blob not null references space (id),
  title text not null,
  need text not null,
  scope text not null,
  out_of_scope text not null,
  lang text not null,
  state text not null
    check (state in (
      'draft', 'open', 'reached', 'confirmed', 'executing', 'settling', 'closed', 'failed',
      'cancelled'
    )),
  currency text not null,
  basis text not null check (basis in ('net', 'gross')),
  vat_bp integer not null check (vat_bp >= 0),
  target integer not null check (target > 0),
  minimum integer not null check (minimum > 0),
  reserve_bp integer not null check (reserve_bp >= 0),
  rule text not null,
  share_floor integer,
  share_cap integer,
  councils_min integer not null,
  population_min integer,
  low_ceilings integer not null,
  early_close integer not null,
  opens_on text,
  deadline text not null,
  deadline_at integer not null,
  grace_days integer not null,
  vehicle text not null,
  profile text not null,
  licence text not null,
  lead_id blob not null references council (id),
  treasurer_id blob not null references council (id),
  snapshot text,
  end_reason text,
  version integer not null,
  created_by blob not null,
  created_at integer not null,
  published_at integer,
  reached_at integer,
  ended_at integer,
  -- The deadline it was published with, and how often a vote moved it (K6).
  deadline_first text,
  extensions integer not null,
  -- Until when firm pledgers may leave without fault, after an amendment or an extension.
  leave_until integer,
  -- The call that came to nothing and of which this one is the second try.
  reopens_id blob references call (id),
  settled_at integer,
  closed_at integer
) strict;
create index call_space on call (space_id);
create index call_state on call (state, deadline_at);

create table call_module (
  call_id blob not null references call (id),
  module_id blob not null references module (id),
  primary key (call_id, module_id)
) strict;

create table call_milestone (
  call_id blob not null references call (id),
  position integer not null,
  title text not null,
  amount integer not null check (amount > 0),
  due_on text,
  criteria text not null,
  state text not null check (state in (
    'planned', 'in_progress', 'delivered', 'accepted', 'rejected', 'dropped'
  )),
  primary key (call_id, position)
) strict;

create table call_subsidy (
  call_id blob not null references call (id),
  position integer not null,
  label text not null,
  amount integer,
  rate_bp integer,
  amount_max integer,
  primary key (call_id, position)
) strict;

-- Councils without which the call does not succeed.
create table call_required (
  call_id blob not null references call (id),
  council_id blob not null references council (id),
  primary key (call_id, council_id)
) strict;

-- The guarantee of closing: what a council covers of a gap at the deadline (domain.md §c10).
create table call_backstop (
  call_id blob primary key references call (id),
  council_id blob not null references council (id),
  amount_max integer not null check (amount_max > 0),
  act_ref text not null,
  before_ceilings integer not null
) strict;

-- What a call said, each time it was published or amended: the terms, and the shares of all the
-- councils that contribute to its space (domain.md §c6, K1), both as JSON. Another deadline alone
-- keeps no shares where nobody can be weighed any more.
create table call_version (
  call_id blob not null references call (id),
  number integer not null,
  terms text not null,
  simulation text,
  reason text not null,
  created_by blob,
  created_at integer not null,
  primary key (call_id, number)
) strict;

-- The contract under which the work is done (K8).
create table call_contract (
  call_id blob primary key references call (id),
  ref text not null,
  supplier text not null,
  amount integer not null check (amount > 0),
  signed_on text not null,
  recorded_by blob not null,
  recorded_at integer not null
) strict;

create table pledge (
  id blob primary key,
  ref text not null unique,
  call_id blob not null references call (id),
  council_id blob not null references council (id),
  state text not null check (state in (
    'intention', 'pending_decision', 'firm', 'confirmed', 'ordered', 'settled', 'defaulted',
    'substituted', 'withdrawn', 'lapsed', 'released', 'refused'
  )),
  ceiling integer check (ceiling > 0),
  note text not null,
  published integer not null,
  final_net integer,
  final_vat integer,
  final_gross integer,
  reason text,
  act_ref text,
  version integer not null,
  created_by blob not null,
  created_at integer not null,
  updated_at integer not null,
  -- When which body decides (P2).
  planned_on text,
  body text,
  -- Who committed while the act still waited for a date or its second check (P3).
  signed_by blob,
  signed_at integer,
  committed_by blob,
  committed_at integer,
  -- The number of the council's own commitment or purchase order, and its service (P10).
  commitment_no text,
  service_code text,
  ordered_at integer
) strict;
-- One living position of a council on a call.
create unique index pledge_position on pledge (call_id, council_id)
  where state in ('intention', 'pending_decision', 'firm', 'confirmed', 'ordered', 'settled',
    'defaulted');
create index pledge_council on pledge (council_id);

create table evidence (
  id blob primary key,
  pledge_id blob not null references pledge (id),
  kind text not null,
  number text not null,
  decided_on text not null,
  prefecture_receipt_on text,
  published_on text,
  delegation_ref text,
  matter_code text,
  url text,
  file_name text,
  media_type text,
  size_bytes integer,
  -- SHA-256(salt || file): erasing file and salt makes the digest unlinkable (domain.md §e).
  salt blob,
  digest blob,
  visibility text not null check (visibility in ('public', 'members', 'auditors')),
  uploaded_by blob not null,
  uploaded_at integer not null,
  checked_by blob,
  checked_at integer,
  -- A second person who cannot accept it says why; the pledge then needs another act.
  rejected_by blob,
  rejected_at integer,
  rejection text
) strict;
create index evidence_pledge on evidence (pledge_id);

-- The ceiling by budget year and section; together they make the ceiling (P3).
create table pledge_year (
  pledge_id blob not null references pledge (id),
  year integer not null,
  section text not null check (section in ('investment', 'operating')),
  amount integer not null check (amount > 0),
  account_hint text,
  primary key (pledge_id, year, section)
) strict;

-- What the finance service said of a pledge before a signatory commits: the last one counts.
create table pledge_visa (
  pledge_id blob not null references pledge (id),
  number integer not null,
  decision text not null check (decision in ('attested', 'returned', 'refused')),
  ceiling integer not null,
  -- The number of a commitment it has reserved already, for the order that comes later (P10).
  commitment_no text,
  reason text,
  decided_by blob not null,
  decided_at integer not null,
  primary key (pledge_id, number)
) strict;

-- A place that passes from one council to another: three agree, in any order (P13).
create table substitution (
  id blob primary key,
  pledge_id blob not null references pledge (id),
  -- The council that is to take the place, and its own pledge once it has signed.
  council_id blob not null references council (id),
  taking_id blob references pledge (id),
  reason text not null,
  act_ref text,
  offered_by blob not null,
  offered_at integer not null,
  approved_by blob,
  approved_at integer,
  done_at integer
) strict;
-- One offer of a place at a time.
create unique index substitution_open on substitution (pledge_id) where done_at is null;
