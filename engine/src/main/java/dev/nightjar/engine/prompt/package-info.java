/**
 * From messages and tools to the prompt of a model, and what that says about the answer: templates,
 * ids where a model's files define them, tools told in words to models that know none.
 *
 * <p>May import {@code request}, {@code answer} and {@code answer.part}, and the tokenizer. Begin
 * with {@link dev.nightjar.engine.prompt.ChatRenderer}.
 */
package dev.nightjar.engine.prompt;
