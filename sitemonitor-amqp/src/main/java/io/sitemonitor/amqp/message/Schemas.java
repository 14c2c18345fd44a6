package io.sitemonitor.amqp.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The schemas that lie beside the classes of this package. */
final class Schemas {

    private Schemas() {}

    static String read(String file) {
        try (InputStream schema = Schemas.class.getResourceAsStream(file)) {
            if (schema == null) {
                throw new IllegalStateException("the schema " + file + " is missing from the class path");
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema " + file + " cannot be read", e);
        }
    }
}
