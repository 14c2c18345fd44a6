package io.sitemonitor.amqp.internal;

import io.sitemonitor.check.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;

/**
 * A key store in a file, of the form PKCS #12 or JKS.
 *
 * @param file the file
 * @param password its password
 */
public record StoreFile(Path file, Secret password) {

    /**
     * Keeps where it is; the password is copied.
     *
     * @param file the file
     * @param password its password
     * @return the store, not read yet
     * @throws IllegalArgumentException if the password is empty
     */
    public static StoreFile of(Path file, char[] password) {
        Objects.requireNonNull(file, "store");
        return new StoreFile(file, Secret.of(new String(Objects.requireNonNull(password, "password"))));
    }

    /**
     * Reads it.
     *
     * @return the loaded store
     * @throws IllegalArgumentException if it cannot be read
     */
    public KeyStore load() {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("the key store " + file + " cannot be read");
        }
        try {
            return KeyStore.getInstance(file.toFile(), password.reveal().toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key store " + file + " is none of the form PKCS #12 or JKS, or has another password", e);
        }
    }
}
