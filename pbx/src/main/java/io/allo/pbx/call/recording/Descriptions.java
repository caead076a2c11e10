package io.allo.pbx.call.recording;

import io.allo.io.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What is sealed in the descriptions beside recordings, for administrators. No state. */
public final class Descriptions {

    private Descriptions() {}

    /** The sealed facts of a description ({@code .json}), as JSON; empty where nothing in it is sealed. */
    public static Optional<String> opened(Path description, Vault vault) throws IOException {
        return Sidecar.opened(description, vault);
    }
}
