package io.sitemonitor.schedule.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, where Java has them: the one place that reaches for them. */
final class VirtualThreads {

    private static final @Nullable MethodHandle OF_VIRTUAL = find();

    private VirtualThreads() {}

    static boolean available() {
        return OF_VIRTUAL != null;
    }

    /** Returns a factory of virtual threads named {@code prefix} and a number; null where there are none. */
    static @Nullable ThreadFactory factory(String prefix) {
        if (OF_VIRTUAL == null) {
            return null;
        }
        try {
            return (ThreadFactory) OF_VIRTUAL.invoke(prefix);
        } catch (Throwable e) { // an unusual runtime: the pool of older versions does as well
            return null;
        }
    }

    private static @Nullable MethodHandle find() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(ofVirtual, "name", MethodType.methodType(ofVirtual, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle named = MethodHandles.foldArguments(
                    MethodHandles.dropArguments(
                            MethodHandles.insertArguments(name, 2, 1L)
                                    .asType(MethodType.methodType(ofVirtual, ofVirtual, String.class)),
                            2,
                            new Class<?>[0]),
                    start);
            return MethodHandles.filterReturnValue(named.asType(MethodType.methodType(builder, String.class)), factory);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
