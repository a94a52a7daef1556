-- How each person wants pages shown: language, colours, density, keys.
alter table staff add column preferences varchar(400) default '' not null;
