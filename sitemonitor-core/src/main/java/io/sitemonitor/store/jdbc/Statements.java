package io.sitemonitor.store.jdbc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What is said to the database about the records of one monitor. The row of place 0 names the owner; each record has a place
 * above that, in the order in which keys were first written. Keys are never compared by the database, whose idea of equal texts
 * may be another. Immutable.
 *
 * @param table the table
 * @param monitor the name of the monitor
 */
record Statements(String table, String monitor) {

    private static final String OWNER = " where monitor = ? and seq = 0";
    private static final String RECORD = " where monitor = ? and seq = ?";
    private static final String RECORDS = " where monitor = ? and seq > 0 order by seq";

    /** The name of the monitor in letters that all databases tell apart, and without spaces, which some of them cut off. */
    String row() {
        return URLEncoder.encode(monitor, StandardCharsets.UTF_8);
    }

    String owner() {
        return "select record_key, record_value from " + table + OWNER;
    }

    String replaceOwner() {
        return "update " + table + " set record_key = ?, record_value = ?" + OWNER + " and record_key = ?";
    }

    String removeOwner() {
        return "delete from " + table + OWNER + " and record_key = ?";
    }

    String keys() {
        return "select seq, record_key from " + table + RECORDS;
    }

    String records() {
        return "select seq, record_key, record_value from " + table + RECORDS;
    }

    String add() {
        return "insert into " + table + " (monitor, seq, record_key, record_value) values (?, ?, ?, ?)";
    }

    String change() {
        return "update " + table + " set record_value = ?" + RECORD;
    }

    String remove() {
        return "delete from " + table + RECORD;
    }
}
