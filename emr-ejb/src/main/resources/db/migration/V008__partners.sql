-- Systems that come in by SMART Backend Services: each acts for a hospital, which pays and keeps what it stores.
create table partner (
  client        varchar(64)  primary key check (client ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
  hospital      smallint     not null references hospital,
  name          varchar(200) not null,
  jwks          text         not null,
  scopes        varchar(500) not null,
  token_seconds int          not null check (token_seconds between 60 and 3600),
  active        boolean      not null default true,
  made_at       timestamptz  not null default now(),
  made_by       varchar(64)  not null
);
comment on column partner.jwks is 'public keys with which its assertions are verified (RFC 7517)';
comment on column partner.scopes is 'what it may ask for, separated by blanks';
comment on column partner.token_seconds is 'how long a token given to it holds';
grant select, insert on partner to emr_app;
grant update (name, jwks, scopes, token_seconds, active) on partner to emr_app;
