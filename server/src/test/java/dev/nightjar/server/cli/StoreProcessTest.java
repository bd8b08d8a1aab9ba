package dev.nightjar.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.server.store.Store;
import dev.nightjar.server.store.StoreConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database belongs to one process at a time, and others are told so. */
final class StoreProcessTest {

    private static final int SECONDS = 60;

    @TempDir private Path folder;

    private Process createToken(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "dev.nightjar.server/dev.nightjar.server.cli.Cli",
                        "token",
                        "create",
                        "--name",
                        name,
                        "--data",
                        folder.resolve("data").toString())
                .start();
    }

    private static String errorOf(Process process) throws Exception {
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), err);
        return err;
    }

    @Test
    void whoComesWhileItIsOpenIsToldThatItIsInUse() throws Exception {
        try (Store store = Store.of(StoreConfig.in(folder.resolve("data")))) {
            store.database();
            Process other = createToken("late");
            String err = errorOf(other);
            assertEquals(1, other.exitValue(), err);
            assertTrue(err.contains("is in use by another process"), err);
        }
    }

    /** Whichever makes folder, key and database, nobody is told of a wrong key. */
    @Test
    void whoOpensItAtTheSameMomentGetsItOrIsToldThatItIsInUse() throws Exception {
        List<Process> together = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            together.add(createToken("token-" + i));
        }
        int good = 0;
        for (Process one : together) {
            String err = errorOf(one);
            assertFalse(err.contains("cannot be decrypted"), err);
            assertTrue(one.exitValue() == 0 || err.contains("is in use by another process"), err);
            good += one.exitValue() == 0 ? 1 : 0;
        }
        assertTrue(good > 0, "one of them has it");
    }
}
