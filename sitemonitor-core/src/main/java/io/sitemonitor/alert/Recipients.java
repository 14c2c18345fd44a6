package io.sitemonitor.alert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of an alert: certain people, the contacts of the check that the alert is about, or both.
 *
 * <pre>{@code
 * EmailListener.smtp("smtp://mail.internal").to(fromContact().and("ops@shop.example"))
 * }</pre>
 *
 * <p><b>Threads:</b> immutable.
 */
public final class Recipients {

    /** How many people can be named at most. */
    public static final int MAX = 100;

    private static final Recipients FROM_CONTACT = new Recipients(true, List.of());

    private final boolean contacts;
    private final List<String> named;

    private Recipients(boolean contacts, List<String> named) {
        this.contacts = contacts;
        this.named = named;
    }

    /**
     * Those whom the alert concerns: the contacts of its check that the listener can reach.
     *
     * @return the contacts
     */
    public static Recipients fromContact() {
        return FROM_CONTACT;
    }

    /**
     * Certain people, whatever the alert is about.
     *
     * @param first an address or number that the listener can reach
     * @param more further ones
     * @return these people
     * @throws IllegalArgumentException if one of them is empty, or there are more than {@value #MAX}
     */
    public static Recipients of(String first, String... more) {
        return new Recipients(false, List.of()).and(first).and(more);
    }

    /**
     * Adds certain people.
     *
     * @param more addresses or numbers that the listener can reach
     * @return a copy with them
     * @throws IllegalArgumentException if one of them is empty, or there are more than {@value #MAX} now
     */
    public Recipients and(String... more) {
        Set<String> all = new LinkedHashSet<>(named);
        for (String one : Objects.requireNonNull(more, "more")) {
            if (Objects.requireNonNull(one, "recipient").isBlank()) {
                throw new IllegalArgumentException("a recipient must not be empty");
            }
            all.add(one.strip());
        }
        if (all.size() > MAX) {
            throw new IllegalArgumentException(
                    "there can be at most " + MAX + " recipients, but there are " + all.size());
        }
        return new Recipients(contacts, List.copyOf(all));
    }

    /**
     * Returns the people named, so that a listener can refuse at once whom it cannot reach.
     *
     * @return addresses or numbers, unmodifiable
     */
    public List<String> named() {
        return named;
    }

    /**
     * Returns who is told of an alert.
     *
     * @param alert the alert
     * @param reachable tells which of its contacts the listener can reach
     * @return the people named, then the contacts; nobody twice
     */
    public List<String> of(Alert alert, Predicate<String> reachable) {
        if (!contacts) {
            return named;
        }
        Set<String> all = new LinkedHashSet<>(named);
        for (String contact : alert.contacts()) {
            if (reachable.test(contact)) {
                all.add(contact);
            }
        }
        return Collections.unmodifiableList(new ArrayList<>(all));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Recipients that && contacts == that.contacts && named.equals(that.named);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contacts, named);
    }

    @Override
    public String toString() {
        return contacts ? (named.isEmpty() ? "fromContact()" : "fromContact() and " + named) : named.toString();
    }
}
