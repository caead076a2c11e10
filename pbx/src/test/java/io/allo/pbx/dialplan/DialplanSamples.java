package io.allo.pbx.dialplan;

import io.allo.pbx.conf.ConfParser;
import io.allo.pbx.conf.ConfSource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;

/** Dialplans for tests: from a text, or from a directory beside this class. */
public final class DialplanSamples {
    private DialplanSamples() {}

    /** The dialplan of a text, which calls itself e.conf. */
    public static ParsedDialplan parse(String text) {
        return DialplanParser.parse(new ConfParser(ConfSource.of(Map.of("e.conf", text))).parse("e.conf"));
    }

    /** The dialplan of extensions.conf in a sample directory. */
    public static ParsedDialplan sample(String name) throws URISyntaxException {
        Path directory = Path.of(DialplanSamples.class.getResource(name).toURI());
        return DialplanParser.parse(new ConfParser(ConfSource.directory(directory)).parse("extensions.conf"));
    }
}
