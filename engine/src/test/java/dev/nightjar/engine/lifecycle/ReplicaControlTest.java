package dev.nightjar.engine.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.engine.DemoModels;
import dev.nightjar.engine.Engine;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.engine.text.TextStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaControlTest {

    private static final long CALM = ReplicaControl.CALM.plusMillis(1).toNanos();

    /** B37: the gauge rises with the queue and falls when it is calm. */
    @Test
    void b37_growsWithTheQueueAndShrinksWhenItIsCalm() throws Exception {
        LoadOptions options = LoadOptions.defaults().withMaxSequences(4);
        try (Engine engine = Engine.builder().options(options).demoModel().open()) {
            ModelInstance model =
                    engine.manager()
                            .status(DemoModels.TEXT)
                            .flatMap(ModelStatus::instance)
                            .orElseThrow();
            ReplicaControl control = new ReplicaControl(model, new Replicas(1, 4));
            assertEquals(1, control.replicas());
            List<TextStream> streams = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                streams.add(start(model.text().orElseThrow()));
            }
            awaitQueue(model);
            while (model.text().orElseThrow().stats().running() == 0) {
                Thread.sleep(1); // the first step may take longer than the queue
            }
            assertEquals(1, model.text().orElseThrow().stats().running(), "one share runs");
            control.look(System.nanoTime());
            assertEquals(2, control.replicas());
            long now = System.nanoTime(); // what follows may take any time
            control.look(now);
            assertEquals(3, control.replicas());
            streams.forEach(TextStream::close);
            while (engine.stats().inFlight() > 0) {
                Thread.sleep(1);
            }
            control.look(now + 1);
            assertEquals(3, control.replicas(), "not at once");
            control.look(now + CALM);
            control.look(now + 2 * CALM);
            control.look(now + 3 * CALM);
            assertEquals(1, control.replicas());
        }
    }

    /** Nobody reads it, and it never has to wait for that. */
    private static TextStream start(TextModel model) {
        return model.start(
                TextRequest.of("Once upon a time")
                        .withSampling(s -> s.maxTokens(250).ignoreEos(true)));
    }

    private static void awaitQueue(ModelInstance model) throws InterruptedException {
        while (model.queueTime().compareTo(ReplicaControl.LONG_QUEUE) <= 0) {
            Thread.sleep(1);
        }
    }

    @Test
    void sharesCoverAllSequences() {
        Replicas replicas = new Replicas(1, 4);
        assertEquals(16, replicas.sequences(1, 64));
        assertEquals(64, replicas.sequences(4, 64));
        assertEquals(1, replicas.sequences(1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Replicas(0, 4));
        assertThrows(IllegalArgumentException.class, () -> new Replicas(3, 2));
    }
}
