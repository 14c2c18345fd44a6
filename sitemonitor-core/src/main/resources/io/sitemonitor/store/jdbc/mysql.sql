-- The table of JdbcStore in MySQL and MariaDB. Another name of it is told with JdbcStore.table(name).
create table if not exists sitemonitor_store (
    monitor varchar(1800) character set ascii collate ascii_bin not null,
    seq bigint not null,
    record_key varbinary(3000) not null,
    record_value mediumblob not null,
    primary key (monitor, seq)
) engine = InnoDB row_format = DYNAMIC;
