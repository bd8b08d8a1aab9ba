package dev.nightjar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.KvType;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an independent engine computed for a small random model: logits at every position of some
 * input and a greedy continuation.
 *
 * @param tokens the input
 * @param greedy the continuation
 * @param logits {@code [tokens, V]}
 */
public record GoldenModel(List<Integer> tokens, List<Integer> greedy, FloatBuffer logits) {

    /** Reads {@code logits.f32} and {@code expected.json} of a folder. */
    public static GoldenModel read(Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("logits.f32"));
        FloatBuffer logits = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        Path json = folder.resolve("expected.json");
        return new GoldenModel(ints(json, "tokens"), ints(json, "greedy"), logits);
    }

    /**
     * Computes with a checkpoint what the reference did, and compares.
     *
     * @param backend name of the compute backend
     * @param maxNmse largest sum of squared differences over that of squares
     */
    public void check(String backend, Path checkpoint, double maxNmse) throws Exception {
        ComputeBackends.require(backend);
        LoadOptions options = LoadOptions.defaults().withKvType(KvType.F32);
        try (Engine engine =
                Engine.builder().backend(backend).options(options).model(checkpoint).open()) {
            check(engine, checkpoint + " on " + backend, maxNmse);
        }
    }

    /** As {@link #check(String, Path, double)} with an engine that has the one model. */
    public void check(Engine engine, String what, double maxNmse) throws Exception {
        double nmse = nmse(engine);
        assertTrue(nmse < maxNmse, "%s: NMSE %.3g".formatted(what, nmse));
        assertEquals(greedy, greedy(engine));
    }

    /** The input alone of the {@code expected.json} of a folder, an encoder's too. */
    public static int[] tokens(Path folder) throws IOException {
        return ints(folder.resolve("expected.json"), "tokens").stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[] prompt() {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private double nmse(Engine engine) {
        double[] sums = new double[2];
        engine.model()
                .logits(
                        prompt(),
                        (position, row) -> {
                            for (int i = 0; i < row.length; i++) {
                                double b = logits.get(position * row.length + i);
                                sums[0] += (row[i] - b) * (row[i] - b);
                                sums[1] += b * b;
                            }
                        });
        return sums[0] / sums[1];
    }

    private List<Integer> greedy(Engine engine) throws Exception {
        SamplingParams params =
                SamplingParams.builder().temperature(0).maxTokens(greedy.size()).build();
        List<Integer> ids = new ArrayList<>();
        try (TokenStream stream = engine.model().submit(GenerationRequest.of(prompt(), params))) {
            while (stream.next() instanceof TokenEvent.Token token) {
                ids.add(token.id());
            }
        }
        return ids;
    }

    private static List<Integer> ints(Path json, String field) throws IOException {
        List<Integer> values = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(field)) {
                    parser.nextToken();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(parser.getIntValue());
                    }
                }
            }
        }
        return values;
    }
}
