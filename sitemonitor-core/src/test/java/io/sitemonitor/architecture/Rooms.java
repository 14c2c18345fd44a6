package io.sitemonitor.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rooms below one root package, from the top one down, and how to tell which of them a class is in. */
final class Rooms {
    /** The root package itself; it has no name below the root. */
    static final String ROOT = "";

    /** A class may depend on its own room and on those after it. */
    static final List<String> FROM_TOP_TO_BOTTOM = List.of(
            ROOT,
            "testing",
            "metrics",
            "guard",
            "target",
            "alert",
            "definition",
            "history",
            "event",
            "incident",
            "state",
            "store",
            "breaker",
            "schedule",
            "check",
            "time");

    /** Rooms that are leaves as a whole. */
    private static final Set<String> LEAVES = Set.of("testing", "metrics", "guard");

    /** Rooms whose folders are leaves, the back room aside. */
    private static final Set<String> ROOMS_WITH_LEAVES = Set.of("check", "alert", "target", "store");

    private static final String BACK_ROOM = "internal";

    private final String root;

    Rooms(String root) {
        this.root = root;
    }

    /** Whether the class is one of ours. */
    boolean contain(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** The first folder below the root, which should be one of {@link #FROM_TOP_TO_BOTTOM}. */
    String roomOf(JavaClass type) {
        return folders(type).get(0);
    }

    /** Where the room stands counted from the top, or -1 if there is no such room. */
    int levelOf(JavaClass type) {
        return FROM_TOP_TO_BOTTOM.indexOf(roomOf(type));
    }

    /** The leaf the class belongs to, such as {@code metrics} or {@code check.http}. */
    Optional<String> leafOf(JavaClass type) {
        List<String> folders = folders(type);
        String room = folders.get(0);
        if (LEAVES.contains(room)) {
            return Optional.of(room);
        }
        boolean leaf = ROOMS_WITH_LEAVES.contains(room)
                && folders.size() > 1
                && !folders.get(1).equals(BACK_ROOM);
        return leaf ? Optional.of(room + "." + folders.get(1)) : Optional.empty();
    }

    boolean isInBackRoom(JavaClass type) {
        return folders(type).contains(BACK_ROOM);
    }

    /** The package of a class; a back room counts as part of the package it stands behind. */
    String frontOf(JavaClass type) {
        List<String> folders = folders(type);
        int back = folders.indexOf(BACK_ROOM);
        return String.join(".", back < 0 ? folders : folders.subList(0, back));
    }

    /** The full name of a package below the root and of all below that, as ArchUnit writes it. */
    String below(String folder) {
        return root + "." + folder + "..";
    }

    private List<String> folders(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root)
                ? List.of(ROOT)
                : List.of(name.substring(root.length() + 1).split("\\."));
    }
}
