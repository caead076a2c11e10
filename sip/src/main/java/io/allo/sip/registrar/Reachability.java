package io.allo.sip.registrar;

/** The question whether a contact was found dead, asked upward by {@code remove_unavailable}. */
@FunctionalInterface
public interface Reachability {
    /** Whether OPTIONS to the binding's contact went unanswered last. */
    boolean isUnreachable(Binding binding);
}
