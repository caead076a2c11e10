package io.allo.pbx.call.prompt;

import java.time.ZonedDateTime;
import java.util.List;

/** What differs from language to language in saying numbers and times: which recorded words, in which order. Immutable. */
interface Grammar {

    /** The words of a number, 0 or more. */
    List<String> number(long n, Gender gender);

    /** The words of an ordinal, 0 or more. */
    List<String> ordinal(long n, Gender gender);

    /** The greatest number it can say. */
    long greatest();

    /** How a time is said where no format is given. */
    String defaultTimeFormat();

    /** What a letter of the format stands for where it is made of other letters ("R", "T", "Q", ...), else "". */
    String expansion(char letter);

    /** The words of one letter of a time's format that {@link #expansion} does not explain; null if there is no such letter. */
    @org.jspecify.annotations.Nullable
    List<String> time(char letter, ZonedDateTime when);
}
