package dev.nightjar.tokenizer.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.tokenizer.SharedData;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.encoding.EncodingOptions;
import dev.nightjar.tokenizer.encoding.TextInput;
import dev.nightjar.tokenizer.format.syntax.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of published checkpoints, with and without a tokenizer.json. */
class TokenizerFolderGoldenTest {
    @TempDir Path folder;

    @Test
    void qwenOfVocabularyAndMerges() throws IOException {
        LoadedTokenizer loaded = TokenizerLoader.ofFolder(SharedData.path("data/tok/qwen2.5"));
        check(loaded, "qwen2", "Xenova/Qwen1.5-0.5B-Chat", 25);
        TokenizerConfig config = loaded.config();
        assertEquals(OptionalInt.of(131072), config.maxLength());
        assertEquals(Optional.of("<|im_end|>"), config.eos());
        assertEquals(Optional.empty(), config.bos());
        assertTrue(config.chatTemplate().orElseThrow().contains("<|im_start|>"));
        Tokenizer tokenizer = loaded.tokenizer();
        assertEquals(OptionalInt.of(151645), tokenizer.vocabulary().eos());
        assertEquals(OptionalInt.of(151643), tokenizer.vocabulary().padding());
        int[] ids = tokenizer.encodeRendered("<|im_start|>user\nHello world<|im_end|>\n");
        assertArrayEquals(new int[] {151644, 872, 198, 9707, 1879, 151645, 198}, ids);
        assertArrayEquals(ids, tokenizer.withSpecials(ids));
        assertTrue(tokenizer.encode("<|im_end|>").length > 1, "spelling of users is text");
    }

    /** The published configuration asks for a cleanup, which would change what the tokens spell. */
    @Test
    void llama3OfTokenizerJson() throws IOException {
        write("tokenizer.json", llama3Json());
        LoadedTokenizer loaded = TokenizerLoader.ofFolder(folder);
        GoldenCases.of("llama", "Xenova/llama3-tokenizer-new")
                .cleanedUp()
                .check(loaded.tokenizer(), 37, Set.of());
        Tokenizer tokenizer = loaded.tokenizer();
        int[] ids = tokenizer.encodeRendered("<|begin_of_text|>Hello");
        assertArrayEquals(new int[] {128000, 9906}, ids);
        assertArrayEquals(ids, tokenizer.withBos(ids));
        assertArrayEquals(ids, tokenizer.withBos(tokenizer.encode("Hello")));
    }

    @Test
    void bertOfVocabTxt() throws IOException {
        Path json = SharedData.path("data/tok/daulet/bert-base-uncased.json");
        TreeMap<Integer, String> words = new TreeMap<>();
        JsonFile.read(Files.readAllBytes(json), "bert")
                .require("model")
                .require("vocab")
                .members()
                .forEach((word, id) -> words.put(id.integer(0, 1 << 20), word));
        write("vocab.txt", String.join("\n", words.values()) + "\n");
        check(TokenizerLoader.ofFolder(folder), "bert", "Xenova/bert-base-uncased", 30);
        write("tokenizer_config.json", "{\"do_lower_case\": false}");
        Tokenizer cased = TokenizerLoader.ofFolder(folder).tokenizer();
        assertEquals("[CLS] [UNK] hello [SEP]", specials(cased, "Hello hello"));
    }

    @Test
    void roberta() throws IOException {
        Path published = SharedData.path("data/tok/hf/roberta-base");
        check(TokenizerLoader.ofFolder(published), "roberta", "Xenova/all-distilroberta-v1", 11);
        for (String name : new String[] {"vocab.json", "merges.txt"}) {
            Files.copy(published.resolve(name), folder.resolve(name));
        }
        write("tokenizer_config.json", "{\"tokenizer_class\": \"RobertaTokenizer\"}");
        check(TokenizerLoader.ofFolder(folder), "roberta", "Xenova/all-distilroberta-v1", 11);
    }

    @Test
    void clipAndT5() throws IOException {
        LoadedTokenizer clip = TokenizerLoader.ofFolder(SharedData.path("data/tok/hf/clip"));
        check(clip, "clip", "Xenova/clip-vit-base-patch16", 25);
        assertEquals(OptionalInt.of(77), clip.config().maxLength());
        assertEquals(
                "a photo, isn't it",
                clip.tokenizer()
                        .decode(clip.tokenizer().encode("A photo, isn't it"))
                        .replace(" 't", "'t"));
        LoadedTokenizer t5 = TokenizerLoader.ofFolder(SharedData.path("data/tok/hf/t5-small"));
        check(t5, "t5", "google-t5/t5-small", 29);
        assertEquals(OptionalInt.of(1), t5.tokenizer().vocabulary().eos());
    }

    @Test
    void whisperHasItsSpecialTokensAroundAText() throws IOException {
        LoadedTokenizer loaded =
                TokenizerLoader.ofFolder(SharedData.path("data/tok/hf/whisper.tiny"));
        Tokenizer tokenizer = loaded.tokenizer();
        String text = "   leading space";
        int[] plain = {220, 220, 5775, 1901};
        assertArrayEquals(plain, tokenizer.encode(text));
        int[] ids = tokenizer.encode(TextInput.of(text), EncodingOptions.standard()).ids();
        assertArrayEquals(new int[] {50258, 50363, 220, 220, 5775, 1901, 50257}, ids);
        assertEquals(text, tokenizer.decode(ids));
        assertEquals(
                "<|startoftranscript|><|notimestamps|>   leading space<|endoftext|>",
                tokenizer.decodeWithSpecials(ids));
    }

    @Test
    void nmtNormalizesAndCleansUp() throws IOException {
        LoadedTokenizer loaded = TokenizerLoader.ofFolder(SharedData.path("data/tok/hf/nmt"));
        Tokenizer tokenizer = loaded.tokenizer();
        String text = "hello  world, this is   a test. ";
        int[] ids = tokenizer.encode(text);
        assertEquals("hello world, this is a test.", tokenizer.decode(ids));
        // Its charsmap puts a P before punctuation, which the vocabulary does not have.
        assertEquals(2, Arrays.stream(ids).filter(id -> id == 1).count());
        int[] marked = tokenizer.encode("(phrasefix)x");
        assertEquals(2, marked[0]);
    }

    @Test
    void addedTokensHaveTheIdsOfTheFile() throws IOException {
        LoadedTokenizer loaded =
                TokenizerLoader.ofFolder(SharedData.path("data/tok/hf/added-tokens"));
        Tokenizer tokenizer = loaded.tokenizer();
        int[] ids = tokenizer.encodeRendered("<|assistant|>\n<|endoftext|>");
        assertEquals(32001, ids[0]);
        assertEquals(32000, ids[ids.length - 1]);
        assertEquals("<|assistant|>", tokenizer.vocabulary().token(32001));
    }

    @Test
    void sentencePieceModelsAreOpenedAsWell() throws IOException {
        Files.copy(
                SharedData.path("data/tok/spm/test_model.model"), folder.resolve("spiece.model"));
        write("tokenizer_config.json", "{\"add_eos_token\": true}");
        Tokenizer tokenizer = TokenizerLoader.ofFolder(folder).tokenizer();
        int[] ids = tokenizer.encode("this is a test");
        assertEquals("this is a test", tokenizer.decode(ids));
        assertEquals(
                tokenizer.vocabulary().eos().orElseThrow(),
                Arrays.stream(tokenizer.withSpecials(ids)).reduce((a, b) -> b).orElseThrow());
    }

    private static String specials(Tokenizer tokenizer, String text) {
        return tokenizer.decodeWithSpecials(
                tokenizer.encode(TextInput.of(text), EncodingOptions.standard()).ids());
    }

    private static void check(LoadedTokenizer loaded, String family, String model, int numCases)
            throws IOException {
        GoldenCases.of(family, model).check(loaded.tokenizer(), numCases, Set.of());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** A tokenizer.json as Llama 3 has it, of its published vocabulary and merges. */
    private static String llama3Json() throws IOException {
        Path source = SharedData.path("data/tok/llama3.2");
        StringBuilder merges = new StringBuilder();
        for (String line : Files.readAllLines(source.resolve("vocab.bpe"))) {
            if (!line.isEmpty() && !line.startsWith("#version")) {
                String escaped = line.replace("\\", "\\\\").replace("\"", "\\\"");
                merges.append(merges.isEmpty() ? "" : ",").append('"').append(escaped).append('"');
            }
        }
        return """
        {"version": "1.0", "added_tokens": [{"id": 128000, "content": "<|begin_of_text|>",
           "special": true}, {"id": 128001, "content": "<|end_of_text|>", "special": true}],
         "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split", "pattern":
           {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"},
           "behavior": "Isolated", "invert": false},
           {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]},
         "post_processor": {"type": "Sequence", "processors": [{"type": "ByteLevel"},
           {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<|begin_of_text|>", "type_id": 0}},
                       {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<|begin_of_text|>": {"id": "<|begin_of_text|>", "ids": [128000]}}}]},
         "decoder": {"type": "ByteLevel"},
         "model": {"type": "BPE", "dropout": null, "ignore_merges": true,
                   "vocab": %s, "merges": [%s]}}
        """
                .formatted(
                        Files.readString(source.resolve("encoder.json"), StandardCharsets.UTF_8),
                        merges);
    }
}
