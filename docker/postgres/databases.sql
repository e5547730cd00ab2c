-- Makes the two databases, each owned by its own account, at the first start of the PostgreSQL container.
-- In: the environment variables WIJKHUB_DATABASE_PASSWORD and KEYCLOAK_DATABASE_PASSWORD.
\getenv hub_password WIJKHUB_DATABASE_PASSWORD
\getenv keycloak_password KEYCLOAK_DATABASE_PASSWORD

create role wijkhub login password :'hub_password';
create database wijkhub owner wijkhub;
revoke all on database wijkhub from public;

create role keycloak login password :'keycloak_password';
create database keycloak owner keycloak;
revoke all on database keycloak from public;
