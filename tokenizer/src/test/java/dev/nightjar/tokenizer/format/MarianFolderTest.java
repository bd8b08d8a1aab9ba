package dev.nightjar.tokenizer.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import dev.nightjar.tokenizer.format.syntax.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** A published translation model; the ids are those of src/test/python/marian_goldens.py. */
class MarianFolderTest {
    private static Tokenizer tokenizer() throws IOException {
        return TokenizerLoader.ofFolder(SharedData.path("data/tok/opus-mt-en-mg")).tokenizer();
    }

    @Test
    void idsOfHardTexts() throws IOException {
        Tokenizer tokenizer = tokenizer();
        JsonNode cases;
        try (InputStream in = MarianFolderTest.class.getResourceAsStream("marian-goldens.json")) {
            cases = JsonFile.read(in.readAllBytes(), "marian-goldens.json");
        }
        assertTrue(cases.elements().size() > 80);
        for (JsonNode golden : cases.elements()) {
            int[] ids =
                    golden.require("ids").elements().stream()
                            .mapToInt(id -> id.integer(0, Integer.MAX_VALUE))
                            .toArray();
            String text = golden.require("text").string();
            assertArrayEquals(ids, tokenizer.encode(text), text);
        }
    }

    @Test
    void textAndEnd() throws IOException {
        Tokenizer tokenizer = tokenizer();
        int[] ids = tokenizer.withSpecials(tokenizer.encode("I saw a girl."));
        assertEquals(0, ids[ids.length - 1]);
        assertArrayEquals(ids, tokenizer.withSpecials(ids));
        assertEquals("I saw a girl.", tokenizer.decode(ids));
        assertEquals("I saw a girl.</s>", tokenizer.decodeWithSpecials(ids));
        assertEquals(54_688, tokenizer.vocabulary().size());
        assertEquals(54_687, tokenizer.vocabulary().padding().orElseThrow());
    }
}
