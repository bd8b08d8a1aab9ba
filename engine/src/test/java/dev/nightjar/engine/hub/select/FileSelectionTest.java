package dev.nightjar.engine.hub.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.hub.HubException;
import dev.nightjar.engine.hub.HubFile;
import dev.nightjar.engine.hub.HubListing;
import dev.nightjar.engine.hub.ModelRef;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSelectionTest {

    private static final String[] QUANTS = {
        "README.md",
        ".gitattributes",
        "config.json",
        "m-Q8_0.gguf",
        "m-Q4_K_M.gguf",
        "m-f16.gguf",
        "mmproj-m-F16.gguf",
        "m-imatrix.gguf",
        "BF16/m-BF16-00002-of-00002.gguf",
        "BF16/m-BF16-00001-of-00002.gguf"
    };

    private static FileSet select(String ref, String... paths) {
        List<HubFile> files =
                Stream.of(paths)
                        .map(path -> new HubFile(path, 1, Optional.empty(), Optional.empty()))
                        .toList();
        return FileSelection.of(
                new HubListing(
                        URI.create("http://localhost"),
                        ModelRef.parse(ref),
                        "0".repeat(40),
                        files));
    }

    private static List<String> paths(FileSet set) {
        return set.files().stream().map(HubFile::path).toList();
    }

    private static void assertRefused(String part, String ref, String... paths) {
        String message =
                assertThrows(HubException.NotFound.class, () -> select(ref, paths)).getMessage();
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @CsvSource({
        "o/n, Q4_K_M, m-Q4_K_M.gguf",
        "o/n:q8_0, Q8_0, m-Q8_0.gguf",
        "o/n:F16, F16, m-f16.gguf",
        "o/n:m-f16.gguf, F16, m-f16.gguf",
        "o/n:bf16, BF16, BF16/m-BF16-00001-of-00002.gguf BF16/m-BF16-00002-of-00002.gguf",
        "o/n:m-BF16-00002-of-00002.gguf, BF16, BF16/m-BF16-00001-of-00002.gguf BF16/m-BF16-00002-of-00002.gguf"
    })
    void takesOneQuantization(String ref, String variant, String expected) {
        FileSet set = select(ref, QUANTS);
        assertEquals(variant, set.variant());
        assertEquals(List.of(expected.split(" ")), paths(set));
    }

    @ParameterizedTest
    @CsvSource({
        "tinyllama-1.1b-chat-v1.0.Q4_K_S.gguf, Q4_K_S",
        "qwen2.5-0.5b-instruct-q5_k_m.gguf, Q5_K_M",
        "Qwen3-4B-UD-IQ2_XXS.gguf, UD-IQ2_XXS",
        "gpt-oss-20b-mxfp4.gguf, MXFP4",
        "phi-3-q4.gguf, Q4",
        "stories260K.gguf, stories260K",
        "my model (v2).gguf, my-model--v2-",
        "ggml-model-bf16.gguf, BF16"
    })
    void theEndOfTheNameSaysTheQuantization(String path, String variant) {
        assertEquals(variant, select("o/n", path).variant());
    }

    @Test
    void sharedQuantizationsAreToldApartByName() {
        String[] files = {"a-Q4_0.gguf", "b-Q4_0.gguf", "c-Q3_K_S.gguf"};
        assertRefused("a-Q4_0, b-Q4_0, Q3_K_S", "o/n", files);
        assertEquals(List.of("b-Q4_0.gguf"), paths(select("o/n:b-Q4_0.gguf", files)));
        assertEquals("b-Q4_0", select("o/n:b-Q4_0", files).variant());
    }

    @Test
    void saysWhatThereIsInstead() {
        assertRefused("it has Q8_0, ", "o/n:Q8_1", QUANTS);
        assertRefused("it has m-Q8_0.gguf, ", "o/n:m-Q8_1.gguf", QUANTS);
        assertRefused("no GGUF files", "o/n:Q8_0", "model.safetensors");
        assertRefused("*.safetensors or pytorch_model.bin", "o/n", "flax_model.msgpack");
        assertRefused(
                "expected 2 parts in the repository, found 1", "o/n", "m-00001-of-00002.gguf");
    }

    @Test
    void takesAFolderWithoutSecondCopies() {
        FileSet set =
                select(
                        "o/n",
                        ".gitattributes",
                        "README.md",
                        "LICENSE",
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        "pytorch_model.bin",
                        "pytorch_model.bin.index.json",
                        "consolidated.safetensors",
                        "model.fp16-00001-of-00002.safetensors",
                        "tokenizer.json",
                        "tokenizer.model",
                        "chat_template.jinja",
                        "vocab.txt",
                        "merges.txt",
                        "requirements.txt",
                        "onnx/config.json",
                        "onnx/model.onnx",
                        "original/model.safetensors",
                        "1_Pooling/config.json",
                        "tf_model.h5",
                        ".hidden/config.json",
                        ".nightjar-model.json",
                        "picture.png");
        assertEquals(FileSet.SAFETENSORS, set.variant());
        assertEquals(
                List.of(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "LICENSE",
                        "config.json",
                        "model.safetensors.index.json",
                        "tokenizer.json",
                        "tokenizer.model",
                        "chat_template.jinja",
                        "vocab.txt",
                        "merges.txt",
                        "1_Pooling/config.json"),
                paths(set));
    }

    @Test
    void takesTorchOnlyWithoutSafetensors() {
        String[] torch = {"config.json", "pytorch_model.bin", "pytorch_model.bin.index.json"};
        FileSet set = select("o/n", torch);
        assertEquals(FileSet.TORCH, set.variant());
        assertEquals(
                List.of("pytorch_model.bin", "config.json", "pytorch_model.bin.index.json"),
                paths(set));
        assertRefused("expected *.safetensors", "o/n:safetensors", torch);
        assertEquals(
                FileSet.SAFETENSORS,
                select("o/n:safetensors", "a-Q4_0.gguf", "model.safetensors").variant());
    }
}
