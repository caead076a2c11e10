package io.allo.pbx.voicemail;

/** What the owner of a mailbox has recorded for callers. */
public enum Greeting {
    /** The name. */
    NAME("greet", "vm-rec-name"),
    /** Nobody answers. */
    UNAVAILABLE("unavail", "vm-rec-unv"),
    /** Somebody talks. */
    BUSY("busy", "vm-rec-busy"),
    /** In place of the others while it is there. */
    TEMPORARY("temp", "vm-rec-temp");

    private final String file;
    private final String prompt;

    Greeting(String file, String prompt) {
        this.file = file;
        this.prompt = prompt;
    }

    /** The file's name in the mailbox, without its ending. */
    public String file() {
        return file;
    }

    /** The recording that asks for it. */
    public String prompt() {
        return prompt;
    }
}
