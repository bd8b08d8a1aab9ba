package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.DryParams;
import dev.nightjar.engine.request.InvalidRequestException;
import dev.nightjar.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokens of a vocabulary whose texts contain one of the sequence breakers of a request. Looks
 * through the vocabulary once per text and remembers the latest ones. Thread-safe.
 */
public final class BreakerTokens {

    private static final int REMEMBERED = 64;

    private final Tokenizer tokenizer;
    private final Map<String, Set<Integer>> known =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Set<Integer>> last) {
                            return size() > REMEMBERED;
                        }
                    });

    /** Of this vocabulary. */
    public BreakerTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The same settings with tokens instead of texts. */
    public DryParams resolve(DryParams dry) {
        Set<Integer> tokens = new HashSet<>(dry.breakerTokens());
        for (String text : dry.sequenceBreakers()) {
            tokens.addAll(containing(text));
        }
        return dry.withSequenceBreakers(List.of()).withBreakerTokens(tokens);
    }

    private Set<Integer> containing(String text) {
        Set<Integer> remembered = known.get(text);
        if (remembered != null) {
            return remembered;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<Integer> tokens = find(bytes);
        // a single byte that no token has cannot occur; a longer text may, in several tokens
        if (tokens.isEmpty() && bytes.length > 1) {
            throw new InvalidRequestException(
                    "dry_sequence_breakers",
                    "dry_sequence_breakers must be texts that stand in one token, but no token of"
                            + " this model contains \"%s\"; give shorter ones".formatted(text));
        }
        known.put(text, tokens);
        return tokens;
    }

    private Set<Integer> find(byte[] text) {
        Set<Integer> tokens = new HashSet<>();
        for (int id = 0; id < tokenizer.vocabulary().size(); id++) {
            if (contains(tokenizer.bytesOf(id), text)) {
                tokens.add(id);
            }
        }
        return Set.copyOf(tokens);
    }

    private static boolean contains(byte[] token, byte[] text) {
        for (int at = 0; at + text.length <= token.length; at++) {
            int same = 0;
            while (same < text.length && token[at + same] == text[same]) {
                same++;
            }
            if (same == text.length) {
                return true;
            }
        }
        return false;
    }
}
