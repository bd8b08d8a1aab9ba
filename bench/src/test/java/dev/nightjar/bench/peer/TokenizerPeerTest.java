package dev.nightjar.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Encoding beside the native tokenizers library, one thread, document by document in turns: the
 * same ids, and how many megabytes a second. {@code -Dpeer.bytes} sets how much text of each kind.
 */
@Tag("full")
class TokenizerPeerTest {
    private static final int NUM_ROUNDS = 5;
    private static final int NUM_BYTES = Integer.getInteger("peer.bytes", 3_400_000);
    private static final Map<String, List<String>> TEXTS = new LinkedHashMap<>();

    @BeforeAll
    static void makeTexts() throws IOException {
        TEXTS.put("English", PeerTexts.english(shared("spm/botchan.txt"), NUM_BYTES));
        TEXTS.put("code", PeerTexts.code(root(), NUM_BYTES));
        TEXTS.put("twelve scripts", PeerTexts.multilingual(NUM_BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "qwen2", "t5-small", "llama2"})
    void encoding(String name) throws IOException {
        PeerVocabulary vocabulary = vocabulary(name);
        Tokenizer ours = vocabulary.tokenizer();
        try (PeerTokenizer peer = PeerTokenizer.of(vocabulary.peerJson())) {
            for (Map.Entry<String, List<String>> text : TEXTS.entrySet()) {
                requireEqualIds(ours, peer, text.getValue());
                report(name, text.getKey(), text.getValue(), ours, peer);
            }
        }
    }

    private static void requireEqualIds(
            Tokenizer ours, PeerTokenizer peer, List<String> documents) {
        for (String document : documents.subList(0, Math.min(100, documents.size()))) {
            long[] ids = Arrays.stream(ours.encodeRendered(document)).asLongStream().toArray();
            assertArrayEquals(peer.encode(document), ids);
        }
    }

    private static void report(
            String name, String kind, List<String> documents, Tokenizer ours, PeerTokenizer peer) {
        double[] oursRates = new double[NUM_ROUNDS];
        double[] peerRates = new double[NUM_ROUNDS];
        for (int round = 0; round < NUM_ROUNDS; round++) {
            oursRates[round] = rate(documents, text -> ours.encodeRendered(text).length);
            peerRates[round] = rate(documents, text -> peer.encode(text).length);
        }
        System.out.printf(
                "| %s | %s | %.1f | %.1f | %.1f |%n",
                name,
                kind,
                median(oursRates),
                median(peerRates),
                median(oursRates) / median(peerRates));
    }

    /** Megabytes of UTF-8 a second. */
    private static double rate(List<String> documents, ToLongFunction<String> encoder) {
        long numBytes = 0;
        for (String document : documents) {
            numBytes += document.getBytes(StandardCharsets.UTF_8).length;
        }
        long start = System.nanoTime();
        long numTokens = 0;
        for (String document : documents) {
            numTokens += encoder.applyAsLong(document);
        }
        long nanos = System.nanoTime() - start;
        if (numTokens == 0) {
            throw new IllegalStateException("no tokens");
        }
        return numBytes * 1e3 / nanos;
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static PeerVocabulary vocabulary(String name) throws IOException {
        return switch (name) {
            case "gpt2" -> PeerVocabulary.ofJson(shared("hf/roberta-base/tokenizer.json"));
            case "llama3" -> PeerVocabulary.llama3(shared("llama3.2"));
            case "qwen2" -> PeerVocabulary.qwen2(shared("qwen2.5"));
            default -> PeerVocabulary.ofJson(shared("hf/" + name + "/tokenizer.json"));
        };
    }

    private static Path shared(String relative) {
        String configured = System.getenv("NIGHTJAR_SHARED");
        Path folder = configured == null ? root().resolveSibling("shared") : Path.of(configured);
        Path path = folder.resolve(Path.of("data", "tok")).resolve(relative);
        if (!Files.exists(path)) {
            Assumptions.abort("skipped: needs " + path + "; set NIGHTJAR_SHARED");
        }
        return path;
    }

    private static Path root() {
        String root = System.getenv("NIGHTJAR_ROOT");
        return (root == null ? Path.of("..") : Path.of(root)).toAbsolutePath().normalize();
    }
}
