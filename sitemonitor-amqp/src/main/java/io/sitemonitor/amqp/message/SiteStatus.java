package io.sitemonitor.amqp.message;

/** What a {@link SiteStatusMessage} says of its site. */
public enum SiteStatus {
    /** It works again, or is watched no longer. */
    UP("up"),
    /** It does not work. */
    DOWN("down");

    private final String word;

    SiteStatus(String word) {
        this.word = word;
    }

    /**
     * Returns the word used on the wire.
     *
     * @return {@code up} or {@code down}
     */
    public String word() {
        return word;
    }
}
