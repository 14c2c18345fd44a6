package io.sitemonitor.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to a client in the middle of its work: how it comes, what shows that it has come, how it ends.
 *
 * @param name what it is called in the table
 * @param wiring how the client reaches the broker
 * @param atStart whether it is there before the client starts
 * @param inject brings it about
 * @param sign what shows that it has come, in words
 * @param shown waits for that sign, or fails
 * @param heal ends it; null if it is over as soon as it has come
 * @param reason what the client has to say of it; null if it need not say anything
 */
record Fault(
        String name,
        Wiring wiring,
        boolean atStart,
        Step inject,
        String sign,
        Step shown,
        @Nullable Step heal,
        @Nullable String reason) {

    /** How a client reaches the broker. */
    enum Wiring {
        STRAIGHT,
        PROXY,
        TLS
    }

    /** A part of a fault. */
    @FunctionalInterface
    interface Step {
        void on(Scene scene) throws Exception;
    }

    static Fault named(String name, Wiring wiring) {
        return new Fault(name, wiring, false, scene -> {}, "", scene -> {}, null, null);
    }

    /** It is there before the client starts. */
    Fault fromTheStart() {
        return new Fault(name, wiring, true, inject, sign, shown, heal, reason);
    }

    Fault inject(Step inject) {
        return new Fault(name, wiring, atStart, inject, sign, shown, heal, reason);
    }

    Fault shownBy(String sign, Step shown) {
        return new Fault(name, wiring, atStart, inject, sign, shown, heal, reason);
    }

    Fault heal(Step heal) {
        return new Fault(name, wiring, atStart, inject, sign, shown, Objects.requireNonNull(heal), reason);
    }

    /** The client has to say why nothing goes on, in one line with these words, and that is a sign. */
    Fault refusedWith(String reason) {
        Step awaited = scene -> {
            shown.on(scene);
            scene.untilAsserted(() -> assertThat(scene.subject().reasons())
                    .anySatisfy(said -> assertThat(said).contains(reason)));
        };
        String signs = (sign.isEmpty() ? "" : sign + ", ") + "the client says `" + reason + "`";
        return new Fault(name, wiring, atStart, inject, signs, awaited, heal, reason);
    }

    @Override
    public String toString() {
        return name;
    }
}
