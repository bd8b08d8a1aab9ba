package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.text.TextModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Loads nothing and keeps a record of it. */
final class FakeHost implements ModelHost {

    final List<Instance> instances = new CopyOnWriteArrayList<>();
    final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    volatile CountDownLatch gate = new CountDownLatch(0);

    /** A source of that size. */
    static ModelSpec spec(String name, long bytes) {
        return ModelSpec.of(
                name,
                ModelSource.weights(
                        Long.toString(bytes),
                        () -> {
                            throw new UnsupportedOperationException("nothing is opened here");
                        },
                        LoadOptions.defaults()));
    }

    @Override
    public long plannedBytes(ModelSource source) {
        return Long.parseLong(source.origin());
    }

    @Override
    public ModelInstance load(String name, ModelSource source) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("stopped while loading", stopped);
        }
        RuntimeException failure = failures.get(name);
        if (failure != null) {
            throw failure;
        }
        Instance instance = new Instance(name, plannedBytes(source));
        instances.add(instance);
        return instance;
    }

    /** The instances of a model that were loaded so far. */
    List<Instance> of(String name) {
        return instances.stream().filter(instance -> instance.name.equals(name)).toList();
    }

    long openBytes() {
        return instances.stream().filter(one -> !one.isClosed).mapToLong(one -> one.bytes).sum();
    }

    /** A model that is nothing. */
    static final class Instance implements ModelInstance {

        final String name;
        final long bytes;
        volatile boolean isClosed;

        Instance(String name, long bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public Optional<TextModel> text() {
            return Optional.empty();
        }

        @Override
        public Optional<EncoderModel> encoder() {
            return Optional.empty();
        }

        @Override
        public Optional<RowModel> rows() {
            return Optional.empty();
        }

        @Override
        public long memoryBytes() {
            return bytes;
        }

        @Override
        public String quantization() {
            return "none";
        }

        @Override
        public int maxSequences() {
            return 1;
        }

        @Override
        public void allowSequences(int value) {
            // there are none
        }

        @Override
        public Duration queueTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(Duration atMost) {
            isClosed = true;
        }
    }
}
