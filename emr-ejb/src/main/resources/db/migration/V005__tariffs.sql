-- What use costs. A tariff that is in force is never changed: a dearer or cheaper one begins with a later month.
create table tariff (
  code          varchar(32)   not null check (code ~ '^[a-z][a-z0-9-]*$'),
  valid_from    date          not null check (extract(day from valid_from) = 1),
  currency      char(3)       not null,
  per_stored    numeric(18,6) not null check (per_stored >= 0),
  per_retrieved numeric(18,6) not null check (per_retrieved >= 0),
  per_mib_month numeric(18,6) not null check (per_mib_month >= 0),
  made_at       timestamptz   not null default now(),
  made_by       varchar(64)   not null,
  primary key (code, valid_from)
);
comment on table tariff is 'Prices in minor units of the currency (yen, cents), in force from the first of a month, UTC.';
comment on column tariff.per_stored is 'for each version of a record stored';
comment on column tariff.per_retrieved is 'for each version of a record retrieved';
comment on column tariff.per_mib_month is 'for 1,048,576 octets kept for a whole month, and in proportion';
grant select, insert on tariff to emr_app;

create table tariff_choice (
  hospital   smallint    not null references hospital,
  valid_from date        not null check (extract(day from valid_from) = 1),
  code       varchar(32) not null,
  chosen_at  timestamptz not null default now(),
  chosen_by  varchar(64) not null,
  primary key (hospital, valid_from)
);
comment on table tariff_choice is 'By which tariff a hospital pays, from the first of a month.';
grant select, insert on tariff_choice to emr_app;

-- A new centre has a tariff to begin with; the operator makes others.
insert into tariff (code, valid_from, currency, per_stored, per_retrieved, per_mib_month, made_by)
values ('standard', date '2026-01-01', 'JPY', 2, 0.5, 0.8, 'installation');
