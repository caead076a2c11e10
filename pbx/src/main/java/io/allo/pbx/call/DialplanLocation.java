package io.allo.pbx.call;

/** A place in the dialplan: context, extension, priority (from 1). */
public record DialplanLocation(String context, String extension, int priority) {

    /** The same extension, at another priority. */
    public DialplanLocation withPriority(int newPriority) {
        return new DialplanLocation(context, extension, newPriority);
    }

    @Override
    public String toString() {
        return extension + "@" + context + ":" + priority;
    }
}
