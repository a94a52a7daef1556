-- How often a partner may ask: more than that is turned away, and told when to come again.
alter table partner add column per_minute int not null default 6000 check (per_minute > 0);
alter table partner alter column per_minute drop default;
comment on column partner.per_minute is 'requests it may make in a minute';
grant update (per_minute) on partner to emr_app;
