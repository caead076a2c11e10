package io.allo.sip.registrar;

/** What has become of bindings, for the store, for the qualification, for device states. */
public sealed interface RegistrarEvent {
    /** A contact that was not there before. */
    record BindingAdded(Binding binding) implements RegistrarEvent {}

    /** The phone registered again, {@code before} being what was known of it; the id is the same. */
    record BindingRefreshed(Binding binding, Binding before) implements RegistrarEvent {}

    /** A contact that the store kept over a restart is there again: as the store has it, except what a connection gave it. */
    record BindingRestored(Binding binding) implements RegistrarEvent {}

    /** The contact is gone. */
    record BindingRemoved(Binding binding, Reason reason) implements RegistrarEvent {}

    /** Why a binding ended. */
    enum Reason {
        /** Its time was over. */
        EXPIRED,
        /** The phone said so. */
        UNREGISTERED,
        /** A newer one took its place: {@code remove_existing}, or the same device under another address. */
        REPLACED,
        /** It did not answer and a newer one needed its place: {@code remove_unavailable}. */
        UNAVAILABLE,
        /** The connection that alone could reach it is gone. */
        FLOW_CLOSED,
        /** The address of record is no longer configured. */
        AOR_GONE,
        /** An operator said so. */
        COMMANDED
    }
}
