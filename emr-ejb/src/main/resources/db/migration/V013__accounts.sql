-- What an account signs in with, beside its password. Who failed is kept here too, so that a restart forgets nothing.
alter table portal_staff
  add epoch              integer not null default 0,
  add must_change        boolean not null default false,
  add second_factor      bytea,
  add second_factor_step bigint  not null default 0,
  add recovery           text    not null default '';
comment on column portal_staff.epoch is 'goes up when sessions have to end: switched off, another role, password or second factor';
comment on column portal_staff.second_factor is 'its secret, sealed under a key of the centre, bound to the user name';
comment on column portal_staff.second_factor_step is 'of the last one-time code taken: none is taken twice';
comment on column portal_staff.recovery is 'keyed hashes of the recovery codes that are left';
grant update (role, epoch, must_change, second_factor, second_factor_step, recovery) on portal_staff to emr_app;

create table failed_sign_in (
  subject  char(64)    primary key,
  failures integer     not null check (failures >= 0),
  last_at  timestamptz not null
);
create index failed_sign_in_last on failed_sign_in (last_at);
comment on column failed_sign_in.subject is 'keyed hash of a user name or of an address';
grant select, insert, update, delete on failed_sign_in to emr_app;
