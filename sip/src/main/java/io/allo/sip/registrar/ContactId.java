package io.allo.sip.registrar;

import io.allo.sip.address.SipUri;

/** Names a contact that is qualified: a static one or a binding's {@link Binding#target}, of an address of record. */
public record ContactId(String aor, SipUri target) {
    /** The contact of a binding. */
    public static ContactId of(Binding binding) {
        return new ContactId(binding.aor(), binding.target());
    }
}
