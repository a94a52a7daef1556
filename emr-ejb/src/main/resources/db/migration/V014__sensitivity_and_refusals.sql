-- How delicate a record is, a bit for each label of a short list (emr.exchange.access.Sensitivity). Nothing is noted
-- for a record without a label, so that it costs nothing: its row has a map of nulls anyway.
alter table current add column sensitivity smallint;
alter table version add column sensitivity smallint;
comment on column current.sensitivity is 'a bit for each security label of a short list; null for none';
comment on column version.sensitivity is 'of this version, as in current';

-- A policy names the sensitivities that it opens, and may refuse; a refusal may be for every other hospital.
alter table policy add column sensitivity smallint not null default 1;
alter table policy add column refuses boolean not null default false;
alter table policy drop constraint policy_hospital_fkey;
comment on column policy.hospital is 'for whose people; 0 in a refusal for those of every hospital but the grantor';
comment on column policy.sensitivity is 'opens a record if it has all its bits, refuses one with which it has any in common';
comment on column policy.refuses is 'whether it shuts what it names; it beats whatever permits, for other hospitals'' people';
