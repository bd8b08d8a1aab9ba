package dev.nightjar.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRefTest {

    @ParameterizedTest
    @CsvSource({
        "owner/name, owner, name, ,",
        "bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M, bartowski, Llama-3.2-1B-Instruct-GGUF, Q4_K_M,",
        "o/n:sub/file-00001-of-00002.gguf, o, n, sub/file-00001-of-00002.gguf,",
        "o/n@refs/pr/1, o, n, , refs/pr/1",
        "o/n.v2:Q8_0@v1.0, o, n.v2, Q8_0, v1.0"
    })
    void reads(String text, String owner, String name, String part, String revision) {
        ModelRef ref = ModelRef.parse(text);
        assertEquals(owner, ref.owner());
        assertEquals(name, ref.name());
        assertEquals(part, ref.part().orElse(null));
        assertEquals(revision, ref.revision().orElse(null));
        assertEquals(text, ref.toString());
        assertTrue(ModelRef.isReference(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "/name",
                "owner/",
                "a/b/c",
                "../name",
                "owner/..",
                "./name",
                ".git/x",
                "owner/a..b",
                "owner/name:",
                "owner/name:../x",
                "owner/name:/etc/passwd",
                "owner/name:a\\b",
                "owner/name:a//b",
                "owner/name@",
                "owner/name@a..b",
                "owner/name@/x",
                "owner/name@a/",
                "owner/na me",
                "owner/näme",
                "o/n:x\n",
                "https://huggingface.co/owner/name",
                "-owner/name"
            })
    void refusesAndShowsTheForm(String text) {
        String message =
                assertThrows(HubException.BadReference.class, () -> ModelRef.parse(text))
                        .getMessage();
        assertTrue(message.contains("owner/name[:QUANT"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.gguf", "models/tiny.gguf", "/a/b", "~/a", "a/b/c.gguf"})
    void pathsAreNoReferences(String text) {
        assertFalse(ModelRef.isReference(text));
    }
}
