package io.sitemonitor.check.rdap;

import io.sitemonitor.check.internal.http.Json;
import java.net.ProtocolException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a registry says of a domain (RFC 9083).
 *
 * @param expires when the registration ends, or null if that is not told
 * @param registrar the name of the registrar, or null if that is not told
 * @param statuses what state the domain is in, in lower case
 * @param nameServers the name servers, as {@link DomainName} writes them
 */
record Registration(
        @Nullable Instant expires, @Nullable String registrar, Set<String> statuses, Set<String> nameServers) {

    private static final int MOST = 100;

    /** Reads an answer about a domain. */
    static Registration of(JsonNode document, String domain) throws ProtocolException {
        if (!"domain".equals(Json.text(document.path("objectClassName")))) {
            throw new ProtocolException("answer is not about a domain");
        }
        String name = Json.text(document.path("ldhName"));
        if (name != null && !DomainName.ascii(name).equals(domain)) {
            throw new ProtocolException("answer is about another domain: " + name);
        }
        Set<String> statuses = new TreeSet<>();
        for (JsonNode status : document.path("status")) {
            add(statuses, Json.text(status));
        }
        Set<String> nameServers = new TreeSet<>();
        for (JsonNode server : document.path("nameservers")) {
            String its = Json.text(server.path("ldhName"));
            add(nameServers, its == null ? null : DomainName.ascii(its));
        }
        return new Registration(
                expiration(document.path("events")), registrar(document.path("entities")), statuses, nameServers);
    }

    private static void add(Set<String> texts, @Nullable String text) {
        if (text != null && texts.size() < MOST) {
            texts.add(text.toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable Instant expiration(JsonNode events) throws ProtocolException {
        for (JsonNode event : events) {
            if ("expiration".equals(Json.text(event.path("eventAction")))) {
                String date = Json.text(event.path("eventDate"));
                try {
                    return OffsetDateTime.parse(String.valueOf(date)).toInstant();
                } catch (DateTimeException e) {
                    throw new ProtocolException("the date of expiration is none: " + date);
                }
            }
        }
        return null;
    }

    private static @Nullable String registrar(JsonNode entities) {
        for (JsonNode entity : entities) {
            for (JsonNode role : entity.path("roles")) {
                if ("registrar".equals(Json.text(role))) {
                    String name = fullName(entity.path("vcardArray").path(1));
                    return name == null ? Json.text(entity.path("handle")) : name;
                }
            }
        }
        return null;
    }

    private static @Nullable String fullName(JsonNode card) {
        for (JsonNode property : card) {
            if ("fn".equals(Json.text(property.path(0)))) {
                return Json.text(property.path(3));
            }
        }
        return null;
    }
}
