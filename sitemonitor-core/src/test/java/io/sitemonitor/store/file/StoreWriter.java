package io.sitemonitor.store.file;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that writes one number after the other, each into two records of which the older ones are removed, and prints
 * it once it is kept; or {@code !} and tries again if it cannot be.
 */
final class StoreWriter {

    private StoreWriter() {}

    public static void main(String[] args) throws Exception {
        int bytes = Integer.parseInt(args[1]);
        try (OpenStore store = FileStore.in(Path.of(args[0])).open("writer")) {
            long[] last = {0};
            store.read((key, value) ->
                    last[0] = Math.max(last[0], ByteBuffer.wrap(value).getLong()));
            System.out.println("open");
            int refused = 0;
            for (long next = last[0] + 1; ; ) {
                byte[] value = ByteBuffer.allocate(bytes).putLong(next).array();
                try {
                    store.write(List.of(
                            Change.put("a" + next, value),
                            Change.put("b" + next, value),
                            Change.remove("a" + (next - 10)),
                            Change.remove("b" + (next - 10))));
                    System.out.println(next);
                    next++;
                } catch (IOException e) {
                    System.out.println("! " + e.getMessage());
                    if (++refused == 100) {
                        return;
                    }
                }
            }
        }
    }
}
