-- What somebody received was judged for the role in which they asked: in another role they have not received it.
alter table received add column role varchar(16) default '' not null;
create index received_patient on received (patient);
