package dev.nightjar.engine.grammar;

import dev.nightjar.engine.grammar.mask.TokenTexts;
import dev.nightjar.engine.request.TokenConstraint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A vocabulary of some texts, two control tokens and an end token; logits beyond it are unused. */
final class SmallVocabulary {

    private static final int UNUSED_LOGITS = 70;

    final List<byte[]> texts = new ArrayList<>();
    final int control;
    final int other;
    final int end;
    final GrammarCompiler compiler;

    SmallVocabulary(List<byte[]> tokens) {
        texts.addAll(tokens);
        control = add();
        other = add();
        end = add();
        compiler =
                GrammarCompiler.of(
                        new TokenTexts(
                                texts.size() + UNUSED_LOGITS,
                                texts.toArray(byte[][]::new),
                                Set.of(end)));
    }

    /** A token for each text. */
    static SmallVocabulary of(String... texts) {
        return new SmallVocabulary(
                List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** A token for each byte, and some longer ones. */
    static SmallVocabulary ofBytes(String... longer) {
        List<byte[]> tokens = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            tokens.add(new byte[] {(byte) value});
        }
        for (String text : longer) {
            tokens.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return new SmallVocabulary(tokens);
    }

    private int add() {
        texts.add(new byte[0]);
        return texts.size() - 1;
    }

    /** The tokens of the next mask; garbage in the mask must be overwritten. */
    Set<Integer> allowed(TokenConstraint constraint) {
        long[] mask = new long[(texts.size() + UNUSED_LOGITS + 63) / 64];
        Arrays.fill(mask, 0x5555_5555_5555_5555L);
        constraint.fillMask(mask);
        Set<Integer> tokens = new TreeSet<>();
        for (int id = 0; id < mask.length * 64; id++) {
            if (Walk.isSet(mask, id)) {
                tokens.add(id);
            }
        }
        return tokens;
    }

    /** Whether a text and the end after it are allowed, token by token of single bytes. */
    boolean accepts(CompiledGrammar grammar, String text) {
        TokenConstraint constraint = grammar.start();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            int token = value & 0xFF;
            if (!allowed(constraint).contains(token)) {
                return false;
            }
            constraint.accept(token);
        }
        return allowed(constraint).contains(end);
    }
}
