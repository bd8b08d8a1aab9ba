package dev.nightjar.tokenizer.format.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten published models against C++ SentencePiece, id by id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SentencePieceGoldenTest {
    private static final int END_OF_LINE = -1;

    private final Map<String, Tokenizer> opened = new HashMap<>();

    static List<SentencePieceGoldens.Model> models() throws IOException {
        return SentencePieceGoldens.read().models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void hardTexts(SentencePieceGoldens.Model model) throws IOException {
        List<String> texts = SentencePieceGoldens.read().texts();
        Tokenizer tokenizer = open(model);
        assertTrue(texts.size() > 80);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            int[] ids = tokenizer.encode(text);
            List<Integer> found = Arrays.stream(ids).boxed().toList();
            assertEquals(model.ids().get(i), found, () -> "\"" + text + "\"");
            assertEquals(model.decoded().get(i), tokenizer.decode(ids), () -> "\"" + text + "\"");
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyLineOfABook(SentencePieceGoldens.Model model) throws IOException {
        Tokenizer tokenizer = open(model);
        CRC32 checksum = new CRC32();
        for (String line : book()) {
            int[] ids = tokenizer.encode(line);
            ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length + 4);
            bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(ids).put(END_OF_LINE);
            checksum.update(bytes);
        }
        assertEquals(model.botchan(), checksum.getValue());
    }

    /** All but the joint vocabulary, whose table marks punctuation with a letter for good. */
    static List<SentencePieceGoldens.Model> losslessModels() throws IOException {
        return models().stream().filter(model -> !model.file().contains("nmt")).toList();
    }

    /**
     * Each line without an unknown piece comes back, compared with every run of white space as one
     * space; a hundredth may differ where NFKC changes a character.
     */
    @ParameterizedTest
    @MethodSource("losslessModels")
    void linesComeBack(SentencePieceGoldens.Model model) throws IOException {
        Tokenizer tokenizer = open(model);
        int unknown = tokenizer.vocabulary().unknown().orElseThrow();
        int numSame = 0;
        int numKnown = 0;
        for (String line : book()) {
            int[] ids = tokenizer.encode(line);
            if (Arrays.stream(ids).noneMatch(id -> id == unknown)) {
                numKnown++;
                numSame += squeezed(line).equals(squeezed(tokenizer.decode(ids))) ? 1 : 0;
            }
        }
        assertTrue(numKnown > 0);
        assertTrue(numSame >= 0.99 * numKnown, numSame + " of " + numKnown);
    }

    private Tokenizer open(SentencePieceGoldens.Model model) throws IOException {
        Path file = SharedData.path(model.file());
        if (!opened.containsKey(model.file())) {
            opened.put(model.file(), Tokenizer.of(SentencePieceFile.read(file).build()));
        }
        return opened.get(model.file());
    }

    private static List<String> book() throws IOException {
        String text = Files.readString(SharedData.path("data/tok/spm/botchan.txt"));
        return List.of(text.split("\n", -1));
    }

    private static String squeezed(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
