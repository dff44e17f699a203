-- Money after confirmation: calls for funds, payments, invoices, grants, refunds and the closing of
-- a call (domain.md §c12 to §c14). Amounts are minor units of the call's currency.

create table funds_call (
  id uuid primary key,
  ref text not null unique,
  call_id uuid not null references call (id),
  -- The place of the milestone, from 1; the reserve comes after the last, and a buy-in is below 0.
  milestone bigint not null,
  state text not null
    check (state in ('draft', 'issued', 'partly_paid', 'paid', 'cancelled')),
  due_on text not null,
  -- Where to pay, as the treasurer gives it.
  pay_to text not null,
  -- What is hashed: every input and result, as JSON.
  calculation text not null,
  digest bytea not null,
  credit_ref text unique,
  cancel_reason text,
  version bigint not null,
  created_by uuid not null,
  created_at bigint not null,
  issued_by uuid,
  issued_at bigint,
  cancelled_at bigint
);
-- A milestone is called for once, unless a credit note took that back.
create unique index funds_call_milestone on funds_call (call_id, milestone)
  where state <> 'cancelled';

create table funds_call_line (
  funds_call_id uuid not null references funds_call (id),
  council_id uuid not null references council (id),
  -- In the call's basis; then without tax, the tax, with it.
  amount bigint not null,
  net bigint not null,
  vat bigint not null,
  gross bigint not null,
  siret text,
  service_code text,
  commitment_no text,
  -- The number of the revenue order.
  external_ref text,
  written_off bigint not null,
  entry_seq bigint,
  primary key (funds_call_id, council_id)
);
create index funds_call_line_council on funds_call_line (council_id);

create table invoice (
  id uuid primary key,
  ref text not null unique,
  call_id uuid not null references call (id),
  milestone bigint not null,
  supplier text not null,
  supplier_name text not null,
  number text not null,
  issued_on text not null,
  net bigint not null check (net > 0),
  vat bigint not null check (vat >= 0),
  paid bigint not null,
  state text not null
    check (state in ('recorded', 'approved_once', 'approved', 'paid', 'refused')),
  digest bytea,
  reason text,
  entry_seq bigint,
  recorded_by uuid not null,
  recorded_at bigint not null,
  version bigint not null
);
create unique index invoice_number on invoice (call_id, supplier, number)
  where state <> 'refused';

create table invoice_approval (
  invoice_id uuid not null references invoice (id),
  person_id uuid not null,
  council_id uuid not null references council (id),
  at bigint not null,
  primary key (invoice_id, person_id)
);

create table grant_award (
  call_id uuid not null references call (id),
  position bigint not null,
  -- Its name in the accounts, as in grant:state.
  account text not null,
  amount bigint not null check (amount > 0),
  awarded_on text not null,
  act_ref text not null,
  refund_first boolean not null,
  written_off bigint not null,
  entry_seq bigint,
  secured_by uuid not null,
  secured_at bigint not null,
  primary key (call_id, position)
);

create table payment (
  id uuid primary key,
  ref text not null unique,
  call_id uuid not null references call (id),
  kind text not null check (kind in ('contribution', 'grant', 'supplier', 'direct')),
  state text not null
    check (state in ('declared', 'received', 'reconciled', 'retracted', 'reversed')),
  funds_call_id uuid references funds_call (id),
  council_id uuid references council (id),
  grant_position bigint,
  invoice_id uuid references invoice (id),
  -- Of a payment to the supplier by the council itself.
  milestone bigint,
  supplier text,
  supplier_name text,
  vat bigint not null,
  amount bigint not null check (amount > 0),
  value_date text not null,
  method text not null,
  payment_order_no text,
  -- What the payer's and the treasurer's bank call it: for auditors (domain.md §e).
  bank_ref text,
  receipt_bank_ref text,
  reason text,
  entry_seq bigint,
  declared_by uuid,
  declared_at bigint,
  received_by uuid,
  received_at bigint,
  created_at bigint not null,
  version bigint not null
);
create index payment_call on payment (call_id);
create index payment_council on payment (council_id);

create table refund (
  id uuid primary key,
  ref text not null unique,
  call_id uuid not null references call (id),
  council_id uuid references council (id),
  grant_position bigint,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('planned', 'sent', 'carried')),
  value_date text,
  payment_order_no text,
  bank_ref text,
  entry_seq bigint,
  sent_by uuid,
  sent_at bigint,
  created_at bigint not null,
  version bigint not null
);
create index refund_call on refund (call_id);

create table closing (
  call_id uuid primary key references call (id),
  unspent bigint not null,
  lessons text not null,
  planned_by uuid not null,
  planned_at bigint not null,
  lead_signed_by uuid,
  lead_signed_at bigint,
  treasurer_signed_by uuid,
  treasurer_signed_at bigint,
  -- The report as it was signed, and its digest.
  report text,
  digest bytea,
  closed_at bigint,
  version bigint not null
);

-- A council that joined after the shares were final (domain.md §c10).
create table buy_in (
  pledge_id uuid primary key references pledge (id),
  call_id uuid not null references call (id),
  -- Its place among the buy-ins of the call, from 1.
  position bigint not null,
  vote_id uuid not null references vote (id),
  policy text not null check (policy in ('redistribute', 'to_maintenance', 'more_scope')),
  -- What it would have paid from the start; then, by the escalator, what it pays.
  price bigint not null,
  escalator_bp bigint not null,
  waiver text,
  amount bigint not null,
  -- Of that, what a call for funds of its own asks for, and the tax on it.
  apart bigint not null,
  apart_vat bigint not null,
  joined_at bigint not null,
  unique (call_id, position)
);

-- What those who paid before it are credited, and by how much of that their shares fell.
create table buy_in_credit (
  pledge_id uuid not null references buy_in (pledge_id),
  council_id uuid not null references council (id),
  credit bigint not null,
  lowered bigint not null,
  primary key (pledge_id, council_id)
);
-- What moved on each call, by council: one row a fact, each amount under what it is. What only one
-- side has told is not there. `committed` is in the basis of the call, the others with tax.
create view call_flow as
select pledge.call_id, pledge.council_id,
       case
         when pledge.state = 'firm' then pledge.ceiling
         when call.basis = 'gross' then pledge.final_gross
         else pledge.final_net
       end as committed,
       0 as called, 0 as paid, 0 as granted, 0 as spent, 0 as refunded
from pledge join call on call.id = pledge.call_id
where pledge.state in ('firm', 'confirmed', 'ordered', 'settled', 'defaulted')
union all
select funds_call.call_id, line.council_id, 0, line.gross, 0, 0, 0, 0
from funds_call_line as line join funds_call on funds_call.id = line.funds_call_id
where funds_call.state not in ('draft', 'cancelled')
union all
select payment.call_id, payment.council_id, 0, 0,
       case when payment.kind in ('contribution', 'direct') then payment.amount else 0 end,
       case when payment.kind = 'grant' then payment.amount else 0 end,
       case when payment.kind in ('supplier', 'direct') then payment.amount else 0 end, 0
from payment
where payment.state = 'reconciled'
union all
select refund.call_id, refund.council_id, 0, 0, 0, 0, 0, refund.amount
from refund
where refund.state = 'sent';
