-- The hospitals of the exchange, as the centre last told: they have names while it is away, too.
create table known_hospital (
  place  integer      primary key,
  id     varchar(32)  not null,
  name   varchar(200) not null,
  active boolean      not null
);
