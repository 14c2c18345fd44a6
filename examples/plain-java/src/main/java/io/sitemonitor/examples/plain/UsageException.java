package io.sitemonitor.examples.plain;

/** Says in one line what the program cannot work with, and what would be right. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
