package dev.nightjar.tokenizer.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.nightjar.tokenizer.IncrementalDecoder;
import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.algorithm.ByteAlphabet;
import dev.nightjar.tokenizer.encoding.Encoding;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.encoding.Truncation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What a tokenizer of five stages promises, whatever its stages. */
class PipelineTokenizerTest {
    private static final Tokenizer BYTES = open(byteLevel());

    @Property(tries = 500)
    void bytesComeBack(@ForAll String text) {
        String wellFormed = new String(utf8(text), StandardCharsets.UTF_8);
        int[] ids = BYTES.encode(text);
        assertEquals(wellFormed, BYTES.decode(ids));
        assertEquals(wellFormed, streamed(BYTES, ids));
    }

    @Test
    void unpairedSurrogateIsAQuestionMark() {
        assertEquals("a?b", BYTES.decode(BYTES.encode("a\ud83eb")));
    }

    @Test
    void streamedTextIsTheWholeText() throws IOException {
        for (String file : List.of("roberta-base", "whisper.tiny")) {
            Tokenizer tokenizer = published("hf/" + file + "/tokenizer.json");
            for (String text : List.of("", " a", "Zürich 🦙🦙 \n\n\t中文한", "e\u0301 \ufffd")) {
                int[] ids = tokenizer.encode(text);
                assertEquals(text, tokenizer.decode(ids));
                assertEquals(text, streamed(tokenizer, ids));
            }
        }
        Tokenizer llama = published("hf/llama2/tokenizer.json");
        assertEquals(" Grüße 🦙", streamed(llama, llama.encode("Grüße 🦙")));
        assertEquals("Grüße 🦙", llama.decode(llama.encode("Grüße 🦙")));
        Tokenizer bert = published("daulet/bert-base-uncased.json");
        assertEquals(" hello embedding", streamed(bert, bert.encode("Hello embedding")));
    }

    @Test
    void placesLeadBackToTheText() throws IOException {
        Tokenizer bert = published("daulet/bert-base-uncased.json");
        String text = "Zürich, 中 UNwantéd 🦙";
        Encoding encoding = bert.encode(TextInput.of(text), EncodingOptions.standard());
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < encoding.size(); i++) {
            places.append('|').append(text, encoding.starts()[i], encoding.ends()[i]);
        }
        assertEquals("||Zürich|,|中|UNwantéd|🦙|", places.toString());
        Tokenizer roberta = published("hf/roberta-base/tokenizer.json");
        Encoding trimmed = roberta.encode(TextInput.of(" a  b"), EncodingOptions.standard());
        assertArrayEquals(new int[] {0, 1, 3, 4, 0}, trimmed.starts());
        assertArrayEquals(new int[] {0, 2, 3, 5, 0}, trimmed.ends());
    }

    @Test
    void pairsAreCutAndMasked() throws IOException {
        Tokenizer bert = published("daulet/bert-base-uncased.json");
        TextInput pair = TextInput.ofPair("one two three four", "five six");
        Encoding encoding = bert.encode(pair, EncodingOptions.standard().with(Truncation.to(7)));
        assertEquals("[CLS] one two [SEP] five six [SEP]", bert.decodeWithSpecials(encoding.ids()));
        assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1}, encoding.typeIds());
        assertArrayEquals(new int[] {1, 0, 0, 1, 0, 0, 1}, encoding.specialTokensMask());
        assertEquals(1, encoding.overflowing().size());
        assertEquals(
                "[CLS] three four [SEP] five six [SEP]",
                bert.decodeWithSpecials(encoding.overflowing().getFirst().ids()));
    }

    @Test
    void longTextsTakeNearlyLinearTime() throws IOException {
        List<Tokenizer> tokenizers =
                List.of(
                        BYTES,
                        published("daulet/bert-base-uncased.json"),
                        published("hf/t5-small/tokenizer.json"),
                        published("hf/llama2/tokenizer.json"),
                        published("hf/clip/tokenizer.json"));
        for (Tokenizer tokenizer : tokenizers) {
            for (String unit : List.of("a", " ", "\n", "中", "<", "\u0301")) {
                assertTimeout(
                        Duration.ofSeconds(30),
                        () -> tokenizer.encode(unit.repeat(1_000_000)),
                        () -> "of \"" + unit + "\"");
            }
        }
    }

    private static String streamed(Tokenizer tokenizer, int[] ids) {
        IncrementalDecoder decoder = tokenizer.decoder();
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(decoder.accept(id));
        }
        return text.append(decoder.flush()).toString();
    }

    /** All bytes and a few merges. */
    private static String byteLevel() {
        StringBuilder vocabulary = new StringBuilder();
        for (int value = 0; value < 256; value++) {
            char letter = ByteAlphabet.letter(value);
            String written = letter == '"' || letter == '\\' ? "\\" + letter : "" + letter;
            vocabulary.append('"').append(written).append("\": ").append(value).append(", ");
        }
        return """
        {"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
         "decoder": {"type": "ByteLevel"},
         "model": {"type": "BPE", "vocab": {%s "Ġt": 256, "aa": 257, "aaaa": 258},
                   "merges": ["Ġ t", "a a", "aa aa"]}}
        """
                .formatted(vocabulary);
    }

    private static Tokenizer published(String file) throws IOException {
        byte[] json = Files.readAllBytes(SharedData.path("data/tok/" + file));
        return TokenizerLoader.ofJson(json, file).tokenizer();
    }

    private static Tokenizer open(String json) {
        return TokenizerLoader.ofJson(utf8(json), "test").tokenizer();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
