package dev.nightjar.engine.answer;

import dev.nightjar.engine.answer.part.Ending;

/** A place in an answer, which decides what the next character means. For one answer. */
interface Place {

    /** Takes a character and returns the place after it. */
    Place accept(char c);

    /** The answer ends here. */
    void end(Ending ending);
}
