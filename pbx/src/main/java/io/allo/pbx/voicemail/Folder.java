package io.allo.pbx.voicemail;

import java.util.Optional;

/** The folders of a mailbox in Asterisk's order: the key that chooses one is its place. */
public enum Folder {
    INBOX("INBOX"),
    OLD("Old"),
    WORK("Work"),
    FAMILY("Family"),
    FRIENDS("Friends"),
    CUST1("Cust1"),
    CUST2("Cust2"),
    CUST3("Cust3"),
    CUST4("Cust4"),
    CUST5("Cust5"),
    DELETED("Deleted"),
    URGENT("Urgent");

    private final String directory;

    Folder(String directory) {
        this.directory = directory;
    }

    /** The name of its directory, and behind {@code vm-} that of its recording. */
    public String directory() {
        return directory;
    }

    /** The folder of a key, 0 to 9. */
    public static Optional<Folder> ofKey(char key) {
        return key >= '0' && key <= '9' ? Optional.of(values()[key - '0']) : Optional.empty();
    }

    /** The folder of a name (in any case) or a number. */
    public static Optional<Folder> named(String name) {
        for (var folder : values()) {
            if (folder.directory.equalsIgnoreCase(name.strip())
                    || String.valueOf(folder.ordinal()).equals(name.strip())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
