-- What was shown while the centre was away is told to its audit trail when it is back.
alter table offline_read add column id varchar(36);
alter table offline_read add column role varchar(16);
alter table offline_read add column purpose varchar(16);
alter table offline_read add column versions clob;
alter table offline_read add column reported boolean default false not null;
-- what was noted before lacks what the centre wants to know
update offline_read set reported = true;
create index offline_read_due on offline_read (reported, number);
