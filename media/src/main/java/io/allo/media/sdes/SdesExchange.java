package io.allo.media.sdes;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Offer and answer of {@code a=crypto} lines: RFC 4568 5.1. Pure functions over the lines' values. */
public final class SdesExchange {

    private SdesExchange() {}

    /**
     * What was chosen of an offer.
     *
     * @param line our line of the answer, under the offerer's tag
     */
    public record Choice(CryptoAttribute line, StreamKeys keys) {}

    /** The strongest of the offered lines that can be used, whatever their order; empty if there is none. */
    public static Optional<Choice> choose(List<String> offered, SdesKeys ours) {
        return offered.stream()
                .map(CryptoAttribute::parse)
                .flatMap(Optional::stream)
                .map(line -> choice(line, ours))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(c -> c.keys().receive().suite()));
    }

    private static Optional<Choice> choice(CryptoAttribute line, SdesKeys ours) {
        return line.key()
                .flatMap(theirs -> ours.key(theirs.suite())
                        .map(key -> new Choice(
                                new CryptoAttribute(
                                        line.tag(),
                                        line.suite(),
                                        CryptoAttribute.of(0, key).keyParameters(),
                                        List.of()),
                                new StreamKeys(key, theirs))));
    }

    /** The keys after the answer to our offer; empty if it took none of our lines, or changed one. */
    public static Optional<StreamKeys> accept(List<String> ourOffer, List<String> theirAnswer) {
        var line = theirAnswer.stream().findFirst().flatMap(CryptoAttribute::parse);
        return line.flatMap(CryptoAttribute::key)
                .flatMap(theirs -> ourOffer.stream()
                        .map(CryptoAttribute::parse)
                        .flatMap(Optional::stream)
                        .filter(o -> o.tag() == line.get().tag())
                        .map(CryptoAttribute::key)
                        .flatMap(Optional::stream)
                        .filter(o -> o.suite() == theirs.suite())
                        .findFirst()
                        .map(our -> new StreamKeys(our, theirs)));
    }

    /** The suites of lines that are known, for words to a person: what was offered. */
    public static List<String> names(List<String> lines) {
        return lines.stream()
                .map(CryptoAttribute::parse)
                .flatMap(Optional::stream)
                .map(CryptoAttribute::suite)
                .distinct()
                .toList();
    }
}
