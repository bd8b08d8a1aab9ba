package dev.nightjar.engine.answer.grammar;

import dev.nightjar.tokenizer.Algorithm;
import dev.nightjar.tokenizer.TokenType;
import dev.nightjar.tokenizer.Tokenizer;
import dev.nightjar.tokenizer.TokenizerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A vocabulary of control tokens and single printable characters. */
public final class Alphabet {

    private final List<String> control;
    private final Tokenizer tokenizer;

    /** With these control tokens, which come first. */
    public Alphabet(List<String> control) {
        this.control = control;
        List<String> tokens = new ArrayList<>(control);
        List<TokenType> types =
                new ArrayList<>(control.stream().map(c -> TokenType.CONTROL).toList());
        for (char c = '!'; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
            types.add(TokenType.NORMAL);
        }
        for (String spelled : List.of("Ġ", "Ċ")) {
            tokens.add(spelled);
            types.add(TokenType.NORMAL);
        }
        this.tokenizer =
                Tokenizer.of(
                        TokenizerSpec.builder(Algorithm.BYTE_RANKS, tokens).types(types).build());
    }

    /** Its tokenizer. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** A text as ids, control tokens wherever they are spelled. */
    public List<Integer> ids(String text) {
        List<Integer> ids = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int from = at;
            Optional<String> marker =
                    control.stream().filter(token -> text.startsWith(token, from)).findFirst();
            String token =
                    marker.orElse(text.substring(at, at + 1).replace(" ", "Ġ").replace("\n", "Ċ"));
            ids.add(tokenizer.vocabulary().id(token).orElseThrow());
            at += marker.map(String::length).orElse(1);
        }
        return ids;
    }
}
