/**
 * Generating what a request asks for and answering it, whatever the dialect: the choices side by
 * side, whole and streamed answers, deadlines, and clients that leave.
 *
 * <p>May import {@code error}, {@code api}, {@code connection}, {@code gate}, {@code choice} and
 * {@code cache}, and the engine. Begin with {@link dev.nightjar.server.answer.Answers}.
 */
package dev.nightjar.server.answer;
