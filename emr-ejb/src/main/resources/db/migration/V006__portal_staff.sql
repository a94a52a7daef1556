-- Who may sign in at the portal: staff of hosted hospitals, and the centre's operators, who see no charts.
create table portal_staff (
  user_name varchar(64)  primary key check (user_name = lower(user_name)),
  hospital  smallint     references hospital,
  role      varchar(16)  not null check (role in ('PHYSICIAN', 'NURSE', 'CLERK', 'ADMINISTRATOR', 'OPERATOR')),
  name      varchar(200) not null,
  password  varchar(255) not null,
  active    boolean      not null default true,
  made_at   timestamptz  not null default now(),
  check ((role = 'OPERATOR') = (hospital is null))
);
comment on column portal_staff.password is 'argon2id, with its parameters and salt';
grant select, insert on portal_staff to emr_app;
grant update (name, password, active) on portal_staff to emr_app;
