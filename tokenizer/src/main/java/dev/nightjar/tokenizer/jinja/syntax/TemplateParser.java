package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Statement.Output;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Text;
import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A template's source to its statements. */
public final class TemplateParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final BlockParser blocks;

    private TemplateParser(String source) {
        this.tokens = new TokenStream(TemplateLexer.tokens(source));
        this.expressions = new ExpressionParser(tokens);
        this.blocks = new BlockParser(tokens, expressions, this);
    }

    /**
     * The statements of a template.
     *
     * @throws dev.nightjar.tokenizer.jinja.value.JinjaException if it is malformed, uses what is
     *     not supported, or nests too deep
     */
    public static List<Statement> parse(String source) {
        return new TemplateParser(source).statements(Set.of());
    }

    /**
     * Statements up to a block with one of these names, which is left as the current token, or up
     * to the end of the template if there are no names.
     */
    List<Statement> statements(Set<String> endNames) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.type()) {
                case TEXT -> statements.add(new Text(token.at(), tokens.advance().text()));
                case OUTPUT_BEGIN -> {
                    tokens.advance();
                    Expression value = expressions.tuple(expressions::expression);
                    tokens.expect(Type.OUTPUT_END);
                    statements.add(new Output(value.at(), value));
                }
                case BLOCK_BEGIN -> {
                    tokens.advance();
                    if (isEnd(endNames)) {
                        return statements;
                    }
                    statements.add(block(endNames));
                }
                default -> {
                    return endNames.isEmpty() ? statements : unclosed(endNames);
                }
            }
        }
    }

    private boolean isEnd(Set<String> endNames) {
        Token token = tokens.current();
        return token.type() == Type.NAME && endNames.contains(token.text());
    }

    private Statement block(Set<String> endNames) {
        tokens.enter();
        Statement block = blocks.block(endNames);
        tokens.expect(Type.BLOCK_END);
        tokens.leave();
        return block;
    }

    private <T> T unclosed(Set<String> endNames) {
        return tokens.unexpected(
                "'{%% %s %%}'"
                        .formatted(String.join("' or '", endNames.stream().sorted().toList())));
    }
}
