package dev.nightjar.engine.answer.call;

import dev.nightjar.engine.answer.part.Ending;
import dev.nightjar.engine.answer.syntax.Verdict;

/** Reads what stands behind the marker of a call, one character at a time. For one answer. */
public interface CallReader {

    /** Takes the next character; never {@link Verdict#BEFORE}. */
    Verdict accept(char c);

    /** The answer ends here, though more was expected. */
    void end(Ending ending);
}
