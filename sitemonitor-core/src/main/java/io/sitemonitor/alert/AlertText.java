package io.sitemonitor.alert;

/** What is said for one kind of alert. */
record AlertText(MessageTemplate subject, MessageTemplate body) {

    static AlertText defaultOf(AlertKind kind) {
        return switch (kind) {
            case DOWN -> of("Site {check} is DOWN!", "Site {check} has gone down at {at}");
            case RECOVERED -> of("Site {check} is back UP!", "Site {check} is back UP at {at}");
            case ENDED ->
                of("Site {check} is no longer monitored", "Site {check} was removed at {at} while it was down");
            case DEGRADED -> of("Site {check} is DEGRADED!", "Site {check} works, but not well, at {at}");
            case DEGRADATION_ENDED -> of("Site {check} works well again", "Site {check} works well again at {at}");
            case FLAPPING -> of("Site {check} is FLAPPING!", "Site {check} goes up and down, at {at}: {summary}");
            case FLAPPING_ENDED ->
                of("Site {check} has calmed and is {to}", "Site {check} has calmed and is {to} at {at}");
            case ISOLATED -> of("Monitor {monitor} is OFFLINE!", "Monitor {monitor} is offline at {at}: {summary}");
            case ISOLATION_ENDED -> of("Monitor {monitor} is back ONLINE!", "Monitor {monitor} is back online at {at}");
            case REMINDER -> of("Reminder: {summary}", "Reminder, after {duration}: {summary}");
            case ACKNOWLEDGED -> of("{summary}", "{summary}, at {at}");
            case DIGEST -> of("Monitor {monitor}: {summary}", "Monitor {monitor} at {at}: {summary}");
            case DIGEST_ENDED -> of("Monitor {monitor}: {summary}", "Monitor {monitor} at {at}: {summary}");
        };
    }

    @Override
    public String toString() {
        return subject + " | " + body;
    }

    private static AlertText of(String subject, String body) {
        return new AlertText(MessageTemplate.of(subject), MessageTemplate.of(body));
    }
}
