/**
 * The texts that one request asks for, generated side by side or taken from before, and their
 * readers.
 *
 * <p>May import {@code error} and {@code gate}, and the engine. Begin with {@link
 * dev.nightjar.server.choice.ChoiceSource}.
 */
package dev.nightjar.server.choice;
