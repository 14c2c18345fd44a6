package io.sitemonitor.amqp;

import java.util.List;

/** The client to which a fault happens, and the work it does. */
interface Subject {

    /** Whether it says of itself that it is connected. */
    boolean isConnected();

    /** Every reason it gave why something did not go on. */
    List<String> reasons();

    /** Whether it takes from the queue, rather than puts into it. */
    boolean isReader();

    /** How much of its work is done. */
    int done();

    /** What its work came to. */
    Tally tally();
}
