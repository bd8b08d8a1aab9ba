package dev.nightjar.server.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.Engine;
import dev.nightjar.engine.lifecycle.ModelSource;
import dev.nightjar.engine.lifecycle.ModelSpec;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.server.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads and unloads as they come to whoever listens to the recording. */
final class ModelEventsTest {

    @Test
    void loadsAndUnloadsAreRecorded(@TempDir Path folder) throws Exception {
        List<RecordedEvent> events = new CopyOnWriteArrayList<>();
        try (RecordingStream stream = new RecordingStream()) {
            stream.enable("dev.nightjar.ModelLoad");
            stream.enable("dev.nightjar.ModelUnload");
            stream.setReuse(false);
            stream.onEvent(events::add);
            stream.startAsync();
            long used = run(folder);
            stream.stop();
            RecordedEvent load = events.getFirst();
            assertEquals("dev.nightjar.ModelLoad", load.getEventType().getName());
            assertEquals(TestModels.NAME, load.getString("model"));
            assertEquals("loaded", load.getString("outcome"));
            assertEquals(used, load.getLong("bytes"));
            assertFalse(load.getString("device").isBlank());
            assertTrue(load.getDuration().isPositive());
            RecordedEvent damaged = events.get(1);
            assertEquals("damaged", damaged.getString("model"));
            assertEquals("GgufFormatException", damaged.getString("outcome"));
            RecordedEvent unload = events.get(2);
            assertEquals("dev.nightjar.ModelUnload", unload.getEventType().getName());
            assertEquals(TestModels.NAME, unload.getString("model"));
            assertEquals("released", unload.getString("outcome"));
            assertEquals(used, unload.getLong("bytes"));
            assertFalse(unload.getStartTime().isBefore(load.getEndTime()));
            assertEquals(3, events.size(), events::toString);
        }
    }

    /** One model comes and goes, one cannot come. */
    private static long run(Path folder) throws IOException, InterruptedException {
        Path damaged = Files.writeString(folder.resolve("damaged.gguf"), "GGUF and no more");
        try (Engine engine = TestModels.open(LoadOptions.defaults())) {
            long used = engine.manager().usedBytes();
            engine.manager()
                    .add(ModelSpec.of("damaged", ModelSource.of(damaged, LoadOptions.defaults())));
            assertThrows(RuntimeException.class, () -> engine.manager().load("damaged"));
            engine.manager().unload(TestModels.NAME, Optional.empty());
            return used;
        }
    }
}
