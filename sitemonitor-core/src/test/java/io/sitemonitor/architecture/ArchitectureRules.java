package io.sitemonitor.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.TreeMap;

/** Every rule of the house, by name. */
final class ArchitectureRules {
    private ArchitectureRules() {}

    static Map<String, ArchRule> below(String root) {
        Rooms rooms = new Rooms(root);
        Map<String, ArchRule> rules = new TreeMap<>(RoomRules.of(rooms));
        rules.putAll(CodingRules.of(rooms));
        for (Library library : Library.values()) {
            rules.put("home of " + library, library.staysHome(rooms));
        }
        rules.put("libraries have a home", Library.haveAHome(root));
        return rules;
    }
}
