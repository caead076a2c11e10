package io.allo.pbx.dialplan;

import io.allo.pbx.conf.ConfProblem;
import java.util.List;

/**
 * A dialplan as read from a file, and what was wrong there. Immutable.
 *
 * @param dialplan what could be read
 * @param problems those of the text and those of the dialplan, in the order they were met
 */
public record ParsedDialplan(Dialplan dialplan, List<ConfProblem> problems) {
    public ParsedDialplan {
        problems = List.copyOf(problems);
    }

    /** Whether something is wrong enough that a reload must not take it. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(ConfProblem::isError);
    }
}
