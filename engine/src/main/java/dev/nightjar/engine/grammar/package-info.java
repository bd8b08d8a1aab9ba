/**
 * Structured output: from a JSON schema, a regular expression, a list of texts or a grammar to the
 * tokens that may come next.
 *
 * <p>May import {@code request}, {@code format.json}, the packages below this one and the
 * tokenizer. Begin with {@link dev.nightjar.engine.grammar.GrammarCompiler}.
 */
package dev.nightjar.engine.grammar;
