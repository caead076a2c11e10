package io.allo.sip.registrar;

/** What qualification wants done, and what it found out. */
public sealed interface QualificationEvent {
    /** Send OPTIONS to the contact; tell {@link ContactQualification#answered} what comes back, or {@link ContactQualification#failed}. */
    record SendOptions(ContactId contact) implements QualificationEvent {}

    /** A contact became reachable, unreachable, or is no longer asked; or its round-trip time changed. */
    record StatusChanged(ContactId contact, ContactStatus before, ContactStatus now) implements QualificationEvent {}
}
