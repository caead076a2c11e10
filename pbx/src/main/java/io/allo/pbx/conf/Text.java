package io.allo.pbx.conf;

/** One thing said in English and in French, for people. Immutable. */
public record Text(String en, String fr) {
    /** The same words in both languages (names, figures). */
    public static Text same(String words) {
        return new Text(words, words);
    }

    /** The words in the language of a tag such as {@code fr} or {@code fr-FR}; English for any other. */
    public String in(String language) {
        return language.regionMatches(true, 0, "fr", 0, 2) ? fr : en;
    }

    @Override
    public String toString() {
        return en;
    }
}
