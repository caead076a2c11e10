package io.allo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of allo, written into the program when it is built. */
final class Version implements IVersionProvider {

    private static final String RESOURCE = "version.properties";

    /** The version alone, such as {@code 0.1.0}. */
    static String number() {
        try (var in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program: build it again");
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"allo " + number() + " (Java " + Runtime.version() + ")"};
    }
}
