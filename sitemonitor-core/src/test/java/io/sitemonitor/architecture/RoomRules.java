package io.sitemonitor.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** The arrows between the rooms. */
final class RoomRules {
    private final Rooms rooms;

    private RoomRules(Rooms rooms) {
        this.rooms = rooms;
    }

    /** The rules by name. */
    static Map<String, ArchRule> of(Rooms rooms) {
        RoomRules rules = new RoomRules(rooms);
        Map<String, ArchRule> named = new TreeMap<>();
        named.put("every class is in a room", rules.everyClassIsInARoom());
        named.put("arrows point down", rules.arrowsPointDown());
        named.put("leaves are imported by nobody", rules.leavesAreImportedByNobody());
        named.put("back rooms are private", rules.backRoomsArePrivate());
        named.put("packages have no cycles", rules.packagesHaveNoCycles());
        return named;
    }

    private ArchRule everyClassIsInARoom() {
        return classes().should(new ArchCondition<>("be in one of the rooms " + Rooms.FROM_TOP_TO_BOTTOM) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, rooms.levelOf(type) >= 0, type.getName() + " is in no room of the design"));
            }
        });
    }

    private ArchRule arrowsPointDown() {
        return noDependency(
                "to a room above, in the order " + Rooms.FROM_TOP_TO_BOTTOM,
                (from, to) -> rooms.levelOf(to) >= 0 && rooms.levelOf(to) < rooms.levelOf(from));
    }

    private ArchRule leavesAreImportedByNobody() {
        return noDependency(
                "to a leaf from outside of it",
                (from, to) -> rooms.leafOf(to).isPresent() && !rooms.leafOf(to).equals(rooms.leafOf(from)));
    }

    private ArchRule backRoomsArePrivate() {
        return noDependency(
                "to the back room of another room, but from the engine, from another back room and from testing",
                (from, to) -> rooms.isInBackRoom(to)
                        && !rooms.roomOf(from).equals(rooms.roomOf(to))
                        && !rooms.roomOf(from).equals(Rooms.ROOT)
                        && !rooms.isInBackRoom(from)
                        && !rooms.roomOf(from).equals("testing"));
    }

    private ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return rooms.contain(type)
                                ? SliceIdentifier.of("package " + rooms.frontOf(type))
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages, each with its back room";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    /** No class of ours depends on another one of ours in the way given: from the first to the second. */
    private ArchRule noDependency(String description, BiPredicate<JavaClass, JavaClass> forbidden) {
        return classes().should(new ArchCondition<>("have no dependency " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (rooms.contain(target) && forbidden.test(type, target)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        });
    }
}
