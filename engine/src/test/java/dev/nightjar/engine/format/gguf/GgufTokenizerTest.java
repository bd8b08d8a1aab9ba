package dev.nightjar.engine.format.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.engine.SharedFiles;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.SentencePieceRules;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import dev.nightjar.tokenizer.format.model.SentencePieceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a vocabulary and what follows from those that are absent. */
class GgufTokenizerTest {

    private static GgufWriter sentencePiece() {
        return SyntheticLlama.vocabulary(new GgufWriter());
    }

    private static GgufWriter byteBpe() {
        List<String> tokens = new ArrayList<>();
        for (char letter = 'a'; letter <= 'n'; letter++) {
            tokens.add(String.valueOf(letter));
        }
        tokens.add("ab");
        return new GgufWriter()
                .string("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.tokens", tokens)
                .strings("tokenizer.ggml.merges", List.of("a b"));
    }

    private static TokenizerSpec spec(GgufWriter writer) {
        return GgufTokenizer.spec(writer.toFile()).orElseThrow();
    }

    @Test
    void sentencePieceDefaults() {
        TokenizerSpec spec = spec(sentencePiece());
        assertEquals(Algorithm.SENTENCEPIECE_BPE, spec.algorithm());
        assertEquals(-3, spec.scores()[5]);
        assertEquals(TokenType.UNKNOWN, spec.types().getFirst());
        assertEquals(OptionalInt.of(1), spec.specialIds().bos());
        assertEquals(OptionalInt.of(2), spec.specialIds().eos());
        assertEquals(OptionalInt.of(0), spec.specialIds().unknown());
        assertEquals(OptionalInt.empty(), spec.specialIds().padding());
        assertTrue(spec.addBos());
        assertFalse(spec.addEos());
        assertTrue(spec.addSpacePrefix());
    }

    @Test
    void byteBpeDefaults() {
        TokenizerSpec spec = spec(byteBpe());
        assertEquals(Algorithm.BYTE_BPE, spec.algorithm());
        assertEquals(List.of("a b"), spec.merges());
        assertEquals("default", spec.preTokenizer());
        assertEquals(OptionalInt.empty(), spec.specialIds().bos());
        assertEquals(OptionalInt.empty(), spec.specialIds().eos());
        assertEquals(TokenType.NORMAL, spec.types().getFirst());
        assertFalse(spec.addBos() || spec.addEos() || spec.addSpacePrefix() || spec.ignoreMerges());
    }

    @Test
    void addedTokensOfPhi3SwallowSpace() {
        GgufWriter writer =
                byteBpe()
                        .string("general.name", "Phi-3-mini")
                        .ints(
                                "tokenizer.ggml.token_type",
                                3,
                                4,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1);
        assertEquals(Set.of(0, 1), spec(writer).rstripIds());
        Tokenizer tokenizer = Tokenizer.of(spec(writer));
        assertArrayEquals(new int[] {0, 2}, tokenizer.encodeRendered("a \n\tc"));
        assertArrayEquals(new int[] {1, 2, 0}, tokenizer.encodeRendered("b ca \n"));
        writer =
                byteBpe()
                        .ints(
                                "tokenizer.ggml.token_type",
                                3,
                                4,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1,
                                1);
        assertEquals(Set.of(), spec(writer).rstripIds());
    }

    @Test
    void unigramDefaults() {
        TokenizerSpec spec =
                spec(
                        new GgufWriter()
                                .string("tokenizer.ggml.model", "t5")
                                .strings(
                                        "tokenizer.ggml.tokens",
                                        List.of("<pad>", "</s>", "<unk>", "\u2581a"))
                                .floats("tokenizer.ggml.scores", 0, 0, 0, -1)
                                .ints("tokenizer.ggml.token_type", 3, 3, 2, 1));
        assertEquals(Algorithm.UNIGRAM, spec.algorithm());
        assertEquals(OptionalInt.empty(), spec.specialIds().bos());
        assertEquals(OptionalInt.of(1), spec.specialIds().eos());
        assertEquals(OptionalInt.of(2), spec.specialIds().unknown());
        assertEquals(OptionalInt.of(0), spec.specialIds().padding());
        assertFalse(spec.addBos());
        assertTrue(spec.addEos());
        SentencePieceRules rules = spec.sentencePieceRules().orElseThrow();
        assertFalse(rules.addDummyPrefix() || rules.removeExtraWhitespaces());
        assertEquals(0, rules.charsMap().length);
    }

    @Test
    void unigramIsThatOfTheModelFile() throws IOException {
        Path file = SharedFiles.get("data", "tok", "spm", "test_model.model");
        TokenizerSpec model = SentencePieceFile.read(file).build();
        SentencePieceRules rules = model.sentencePieceRules().orElseThrow();
        byte[] charsMap = rules.charsMap();
        GgufWriter writer =
                new GgufWriter()
                        .string("tokenizer.ggml.model", "t5")
                        .strings("tokenizer.ggml.tokens", model.tokens())
                        .floats("tokenizer.ggml.scores", model.scores())
                        .ints(
                                "tokenizer.ggml.token_type",
                                model.types().stream().mapToInt(TokenType::code).toArray())
                        .array(
                                "tokenizer.ggml.precompiled_charsmap",
                                GgufType.INT8,
                                charsMap.length,
                                charsMap)
                        .uint32("tokenizer.ggml.unknown_token_id", 0)
                        .bool("tokenizer.ggml.add_space_prefix", true)
                        .bool("tokenizer.ggml.remove_extra_whitespaces", true);
        assertEquals(rules, spec(writer).sentencePieceRules().orElseThrow());
        Tokenizer expected = Tokenizer.of(model);
        Tokenizer found = Tokenizer.of(spec(writer));
        for (String text : List.of("  I saw  a girl\twith a telescope.", "①ﬁ 吾輩 \u2581", "")) {
            assertArrayEquals(expected.encode(text), found.encode(text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama-bpe, true, true",
        "tekken, true, true",
        "qwen2, false, false",
        "chameleon, true, false",
        "youtu, false, true",
    })
    void whatAPreTokenizerImplies(String name, boolean addBos, boolean ignoreMerges) {
        TokenizerSpec spec =
                spec(
                        byteBpe()
                                .string("tokenizer.ggml.pre", name)
                                .uint32("tokenizer.ggml.bos_token_id", 3));
        assertEquals(name, spec.preTokenizer());
        assertEquals(addBos, spec.addBos());
        assertEquals(ignoreMerges, spec.ignoreMerges());
        assertFalse(
                spec(byteBpe()
                                .string("tokenizer.ggml.pre", name)
                                .uint32("tokenizer.ggml.bos_token_id", 3)
                                .bool("tokenizer.ggml.add_bos_token", false))
                        .addBos());
        assertFalse(spec(byteBpe().string("tokenizer.ggml.pre", name)).addBos());
    }

    @Test
    void whatTheFileSays() {
        TokenizerSpec spec =
                spec(
                        sentencePiece()
                                .uint32("tokenizer.ggml.bos_token_id", 2)
                                .uint32("tokenizer.ggml.eos_token_id", 1)
                                .uint32("tokenizer.ggml.unknown_token_id", 3)
                                .uint32("tokenizer.ggml.padding_token_id", 4)
                                .uint32("tokenizer.ggml.eot_token_id", 5)
                                .uint32("tokenizer.ggml.eom_token_id", 0xFFFF_FFFFL)
                                .bool("tokenizer.ggml.add_bos_token", false)
                                .bool("tokenizer.ggml.add_eos_token", true)
                                .bool("tokenizer.ggml.add_space_prefix", false));
        assertEquals(OptionalInt.of(2), spec.specialIds().bos());
        assertEquals(OptionalInt.of(1), spec.specialIds().eos());
        assertEquals(OptionalInt.of(3), spec.specialIds().unknown());
        assertEquals(OptionalInt.of(4), spec.specialIds().padding());
        assertEquals(OptionalInt.of(5), spec.specialIds().endOfTurn());
        assertEquals(OptionalInt.empty(), spec.specialIds().endOfMessage());
        assertFalse(spec.addBos());
        assertTrue(spec.addEos());
        assertFalse(spec.addSpacePrefix());
    }

    @Test
    void noVocabulary() {
        GgufWriter writer = new GgufWriter().string("tokenizer.ggml.model", "no_vocab");
        assertEquals(Optional.empty(), GgufTokenizer.spec(writer.toFile()));
        assertEquals(Optional.empty(), GgufTokenizer.chatTemplates(writer.toFile()));
    }

    @Test
    void chatTemplate() {
        GgufWriter writer = new GgufWriter().string("tokenizer.chat_template", "{{ x }}");
        writer.string("tokenizer.chat_template.tool_use", "{{ y }}");
        assertEquals(
                Map.of("default", "{{ x }}", "tool_use", "{{ y }}"),
                GgufTokenizer.chatTemplates(writer.toFile()).orElseThrow().sources());
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        assertRefused("tokenizer.ggml.model is missing", new GgufWriter());
        assertRefused(
                "expected llama, t5, gpt2, bert or no_vocab, found \"rwkv\"",
                new GgufWriter().string("tokenizer.ggml.model", "rwkv"));
        assertRefused(
                "tokenizer.ggml.tokens is missing",
                new GgufWriter().string("tokenizer.ggml.model", "llama"));
        assertRefused("types: expected 15", byteBpe().ints("tokenizer.ggml.token_type", 1, 1));
        assertRefused("found 9", byteBpe().ints("tokenizer.ggml.token_type", 9));
        assertRefused("merges is missing", gpt2WithoutMerges());
        assertRefused(
                "expected a bool, found UINT32",
                sentencePiece().uint32("tokenizer.ggml.add_bos_token", 1));
    }

    private static GgufWriter gpt2WithoutMerges() {
        return new GgufWriter()
                .string("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.tokens", List.of("a"));
    }

    private static void assertRefused(String problem, GgufWriter writer) {
        var error =
                assertThrows(ModelFormatException.class, () -> GgufTokenizer.spec(writer.toFile()));
        assertTrue(error.getMessage().contains(problem), error.getMessage());
    }
}
