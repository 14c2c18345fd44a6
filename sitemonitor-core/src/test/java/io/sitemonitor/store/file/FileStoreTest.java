package io.sitemonitor.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sitemonitor.store.Change;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreContract;
import io.sitemonitor.store.StoreTakenException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("P1: what is kept in files")
class FileStoreTest extends StoreContract {

    @TempDir
    private Path directory;

    @Override
    protected Store store() {
        return FileStore.in(directory).withoutForce();
    }

    private List<Path> journal() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("shop"))) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void monitorsHaveFoldersBelowTheDirectory() throws Exception {
        FileStore store = FileStore.in(directory.resolve("not/there/yet"));
        for (String name : List.of("shop", "../shop", ".", "..", "a/b")) {
            try (OpenStore open = store.open(name)) {
                open.write(List.of(put("name", name)));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("not"));
        }
    }

    @Test
    void saysWhoHasIt() throws Exception {
        OpenStore first = open();
        assertThatExceptionOfType(StoreTakenException.class)
                .isThrownBy(this::open)
                .withMessage(directory.resolve("shop") + " is in use by process "
                        + ProcessHandle.current().pid());
        first.close();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> first.write(List.of(put("a", "1"))));
    }

    @Test
    @DisplayName("A write that was cut off at any byte is none, and nothing is reported")
    void cutOff() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
        }
        Path file = journal().get(0);
        byte[] before = Files.readAllBytes(file);
        Files.delete(file);
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1")));
            store.write(List.of(put("a", "2"), put("b", "2")));
        }
        byte[] after = Files.readAllBytes(file);
        assertThat(after).startsWith(before);
        for (int end = before.length; end < after.length; end++) {
            Files.write(file, Arrays.copyOf(after, end));
            try (OpenStore store = open()) {
                assertThat(records(store)).as("%d bytes", end).containsExactly(Map.entry("a", "1"));
                assertThat(store.losses()).isEmpty();
            }
        }
        byte[] unfilled = Arrays.copyOf(before, 4_096);
        Files.write(file, unfilled);
        try (OpenStore store = open()) {
            assertThat(records(store)).containsExactly(Map.entry("a", "1"));
            assertThat(store.losses()).isEmpty();
            store.write(List.of(put("c", "3")));
        }
        try (OpenStore store = open()) {
            assertThat(records(store)).containsExactly(Map.entry("a", "1"), Map.entry("c", "3"));
        }
    }

    @Test
    @DisplayName("A byte that has changed costs the write it belongs to, which is reported, and no other")
    void damaged() throws Exception {
        try (OpenStore store = open()) {
            for (int i = 0; i < 3; i++) {
                store.write(List.of(put("key" + i, "value" + i)));
            }
        }
        Path file = journal().get(0);
        byte[] whole = Files.readAllBytes(file);
        int each = whole.length / 3;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            Map<String, String> left = new LinkedHashMap<>(Map.of());
            for (int i = 0; i < 3; i++) {
                if (i != at / each) {
                    left.put("key" + i, "value" + i);
                }
            }
            try (OpenStore store = open()) {
                assertThat(records(store)).as("byte %d", at).isEqualTo(left);
                boolean looksCutOff = at >= 2 * each + 4 && at < 2 * each + 8;
                if (!looksCutOff) {
                    assertThat(store.losses())
                            .as("byte %d", at)
                            .containsExactly(
                                    file + ": " + each + " bytes from byte " + at / each * each + " on are damaged");
                }
            }
        }
    }

    @Test
    void filesDoNotGrowForEver() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, String> expected = new LinkedHashMap<>();
        try (OpenStore store = open()) {
            for (int i = 0; i < 20_000; i++) {
                String key = "key" + random.nextInt(500);
                String text = "x".repeat(random.nextInt(4_000));
                store.write(List.of(random.nextInt(3) == 0 ? Change.remove(key) : put(key, text)));
            }
            expected.putAll(records(store));
        }
        long bytes = 0;
        for (Path file : journal()) {
            bytes += Files.size(file);
        }
        long kept = expected.values().stream().mapToLong(String::length).sum();
        assertThat(bytes).as("seed %d", seed).isBetween(kept, Journal.SLACK + Journal.SEGMENT + 3 * kept);
        try (OpenStore store = open()) {
            assertThat(records(store)).as("seed %d", seed).isEqualTo(expected);
            assertThat(new ArrayList<>(records(store).keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
        }
    }

    @Test
    void startsDoNotLeaveFilesForEver() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (OpenStore store = open()) {
                store.write(List.of(put("key" + i % 7, "value" + i)));
            }
            assertThat(journal()).hasSizeLessThanOrEqualTo(Journal.MOST_SEGMENTS + 1);
        }
        try (OpenStore store = open()) {
            assertThat(records(store)).hasSize(7).containsEntry("key0", "value49");
        }
    }

    @Test
    @DisplayName(
            "What was being made when the process ended is thrown away; what it was to replace is forgotten once it is there")
    void endsWhileItReclaims() throws Exception {
        try (OpenStore store = open()) {
            store.write(List.of(put("a", "1"), put("b", "1")));
        }
        Path old = journal().get(0);
        byte[] before = Files.readAllBytes(old);
        Path unfinished = directory.resolve("shop/00000002.journal.unfinished");
        Files.write(unfinished, new byte[100]);
        try (OpenStore store = open()) {
            assertThat(records(store)).hasSize(2);
            assertThat(unfinished).doesNotExist();
            for (int i = 0; journal().contains(old); i++) {
                store.write(List.of(put("big", "x".repeat(500_000)), put("a", "" + i)));
                store.write(List.of(Change.remove("b")));
            }
        }
        Files.write(old, before);
        try (OpenStore store = open()) {
            assertThat(records(store)).doesNotContainKey("b").containsKeys("a", "big");
        }
    }

    @Test
    void saysWhatCannotBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Change.remove(""))
                .withMessage("key must have from 1 to 1000 characters, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> put("a", "x".repeat(Change.MOST_BYTES + 1)))
                .withMessage("record 'a' has 1048577 bytes, more than 1048576");
    }

    @Test
    void whereThereIsNoDirectoryItSaysSo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> FileStore.in(file).open("shop"))
                .withMessageContaining(file.toString());
    }
}
