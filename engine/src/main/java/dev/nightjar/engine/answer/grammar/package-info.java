/**
 * What answers are held to: reasoning, calls of tools and forms, in a model's own markup.
 *
 * <p>May import {@code request}, {@code grammar} and {@code answer} with the packages below them,
 * and the tokenizer. Begin with {@link dev.nightjar.engine.answer.grammar.AnswerGrammars}.
 */
package dev.nightjar.engine.answer.grammar;
