-- What an account signs in with, beside its password. Who failed is kept here too, so that a restart forgets nothing.
alter table staff alter column password_hash rename to password;
alter table staff add column epoch int default 0 not null;
alter table staff add column must_change boolean default false not null;
alter table staff add column second_factor varbinary(200);
alter table staff add column second_factor_step bigint default 0 not null;
alter table staff add column recovery varchar(1000) default '' not null;

create table failed_sign_in (
  subject  char(64) primary key,
  failures int not null check (failures >= 0),
  last_at  timestamp(9) with time zone not null
);
create index failed_sign_in_last on failed_sign_in (last_at);
