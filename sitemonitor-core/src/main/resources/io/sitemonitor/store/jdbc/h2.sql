-- The table of JdbcStore in H2. Another name of it is told with JdbcStore.table(name).
create table if not exists sitemonitor_store (
    monitor varchar(1800) not null,
    seq bigint not null,
    record_key varbinary(3000) not null,
    record_value varbinary(1048576) not null,
    primary key (monitor, seq)
);
