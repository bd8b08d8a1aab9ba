package dev.nightjar.tokenizer.jinja.syntax;

import dev.nightjar.tokenizer.jinja.syntax.Statement.Branch;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Break;
import dev.nightjar.tokenizer.jinja.syntax.Statement.CallBlock;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Capture;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Continue;
import dev.nightjar.tokenizer.jinja.syntax.Statement.For;
import dev.nightjar.tokenizer.jinja.syntax.Statement.If;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Macro;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Output;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Parameter;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Routine;
import dev.nightjar.tokenizer.jinja.syntax.Statement.Target;
import dev.nightjar.tokenizer.jinja.syntax.Statement.With;
import dev.nightjar.tokenizer.jinja.syntax.Token.Type;
import dev.nightjar.tokenizer.jinja.value.JinjaException;
import dev.nightjar.tokenizer.jinja.value.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands between <code>{%</code> and <code>%}</code>, with the bodies that belong to it. */
final class BlockParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final TemplateParser template;

    /** Loops around the current place that {@code break} can leave. */
    private int loops;

    BlockParser(TokenStream tokens, ExpressionParser expressions, TemplateParser template) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.template = template;
    }

    /** The block whose name is the current token; leaves the end of its last tag. */
    Statement block(Set<String> endNames) {
        Token name = tokens.expectName();
        Position at = name.at();
        return switch (name.text()) {
            case "if" -> ifBlock(at);
            case "for" -> forBlock(at);
            case "set" -> setBlock(at);
            case "macro" -> macro(at);
            case "call" -> callBlock(at);
            case "filter" -> filterBlock(at);
            case "with" -> with(at);
            case "generation" -> new With(at, List.of(), List.of(), functionBody("endgeneration"));
            case "print" -> new Output(at, expressions.tuple(expressions::expression));
            case "break" -> new Break(insideLoop(name));
            case "continue" -> new Continue(insideLoop(name));
            case "include", "import", "from", "extends", "block", "autoescape" ->
                    throw JinjaException.of(
                                    JinjaException.Kind.UNSUPPORTED,
                                    "'%s' is not supported: a chat template is one file"
                                            .formatted(name.text()))
                            .at(at);
            default -> unknown(name, endNames);
        };
    }

    private static Statement unknown(Token name, Set<String> endNames) {
        String hint =
                endNames.isEmpty()
                        ? ""
                        : "; the block before it ends with "
                                + String.join(" or ", endNames.stream().sorted().toList());
        throw TokenStream.error("unknown tag '%s'%s".formatted(name.text(), hint), name.at());
    }

    private Position insideLoop(Token name) {
        if (loops == 0) {
            throw TokenStream.error(
                    "'%s' stands outside of a loop".formatted(name.text()), name.at());
        }
        return name.at();
    }

    private List<Statement> body(String... endNames) {
        tokens.expect(Type.BLOCK_END);
        return template.statements(Set.of(endNames));
    }

    /** A body up to one end, which is taken. */
    private List<Statement> closedBody(String endName) {
        List<Statement> body = body(endName);
        tokens.advance();
        return body;
    }

    /** A body that runs elsewhere, so that no loop around it can be left. */
    private List<Statement> functionBody(String endName) {
        int outside = loops;
        loops = 0;
        List<Statement> body = closedBody(endName);
        loops = outside;
        return body;
    }

    private Statement ifBlock(Position at) {
        List<Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        String next = "elif";
        while (next.equals("elif")) {
            Expression test = expressions.tuple(expressions::disjunction);
            branches.add(new Branch(test, body("elif", "else", "endif")));
            next = tokens.advance().text();
        }
        if (next.equals("else")) {
            otherwise = closedBody("endif");
        }
        return new If(at, branches, otherwise);
    }

    private Statement forBlock(Position at) {
        Position targetAt = tokens.at();
        Target target = target();
        if (assigns(target, "loop")) {
            throw TokenStream.error("'loop' is the loop itself, choose another name", targetAt);
        }
        tokens.expectName("in");
        Expression items = expressions.tuple(expressions::disjunction);
        Optional<Expression> filter =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean isRecursive = tokens.skipName("recursive");
        loops++;
        List<Statement> body = body("endfor", "else");
        loops--;
        boolean hasElse = tokens.advance().text().equals("else");
        List<Statement> otherwise = hasElse ? closedBody("endfor") : List.of();
        return new For(at, target, items, filter, isRecursive, body, otherwise);
    }

    private static boolean assigns(Target target, String name) {
        return switch (target) {
            case Target.Variable variable -> variable.name().equals(name);
            case Target.Unpacked unpacked ->
                    unpacked.targets().stream().anyMatch(inner -> assigns(inner, name));
            case Target.Member member -> false;
        };
    }

    private Statement setBlock(Position at) {
        boolean isMember = tokens.look().isOperator(".");
        Target target = isMember ? member() : target();
        if (tokens.skipOperator("=")) {
            Expression value = expressions.tuple(expressions::expression);
            return new Statement.Set(at, target, value);
        }
        Expression result = expressions.filters(new Expression.Name(at, Capture.BODY));
        return new Capture(at, Optional.of(target), result, closedBody("endset"));
    }

    private Statement filterBlock(Position at) {
        Expression body = new Expression.Name(at, Capture.BODY);
        Expression result = expressions.filters(expressions.filter(body));
        return new Capture(at, Optional.empty(), result, closedBody("endfilter"));
    }

    private Target member() {
        String namespace = tokens.expectName().text();
        tokens.expectOperator(".");
        return new Target.Member(namespace, tokens.expectName().text());
    }

    /** A name, or several with commas. */
    private Target target() {
        Expression names = expressions.tuple(expressions::operand);
        return target(names);
    }

    private static Target target(Expression names) {
        return switch (names) {
            case Expression.Name name -> new Target.Variable(name.name());
            case Expression.TupleLiteral tuple ->
                    new Target.Unpacked(tuple.items().stream().map(BlockParser::target).toList());
            default -> throw TokenStream.error("expected a name to assign to", names.at());
        };
    }

    private Statement macro(Position at) {
        String name = tokens.expectName().text();
        return new Macro(at, name, routine(parameters(), "endmacro"));
    }

    private Routine routine(List<Parameter> parameters, String endName) {
        int start = tokens.position();
        List<Statement> body = functionBody(endName);
        return new Routine(parameters, body, tokens.namesSince(start));
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            Token name = tokens.expectName();
            Optional<Expression> absent =
                    tokens.skipOperator("=")
                            ? Optional.of(expressions.expression())
                            : Optional.empty();
            boolean isInOrder =
                    absent.isPresent()
                            || parameters.isEmpty()
                            || parameters.getLast().absent().isEmpty();
            if (!isInOrder) {
                throw TokenStream.error(
                        "a parameter without a default follows one with a default", name.at());
            }
            parameters.add(new Parameter(name.text(), absent));
        }
        return parameters;
    }

    private Statement callBlock(Position at) {
        List<Parameter> parameters = tokens.current().isOperator("(") ? parameters() : List.of();
        if (!(expressions.expression() instanceof Expression.Call call)) {
            throw TokenStream.error("expected a call", at);
        }
        return new CallBlock(at, call, routine(parameters, "endcall"));
    }

    private Statement with(Position at) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (tokens.current().type() != Type.BLOCK_END) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(target());
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        return new With(at, targets, values, closedBody("endwith"));
    }
}
