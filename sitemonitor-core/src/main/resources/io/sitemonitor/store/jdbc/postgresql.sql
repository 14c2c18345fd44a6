-- The table of JdbcStore in PostgreSQL. Another name of it is told with JdbcStore.table(name).
create table if not exists sitemonitor_store (
    monitor varchar(1800) collate "C" not null,
    seq bigint not null,
    record_key bytea not null,
    record_value bytea not null,
    primary key (monitor, seq)
);
