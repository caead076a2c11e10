package io.allo.sip.registrar;

import io.allo.sip.registrar.RegistrarEvent.BindingAdded;
import io.allo.sip.registrar.RegistrarEvent.BindingRefreshed;
import io.allo.sip.registrar.RegistrarEvent.BindingRemoved;
import io.allo.sip.registrar.RegistrarEvent.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one REGISTER makes of a location, step by step, without touching it: it is committed whole or not at all (RFC 3261 section 10.3
 * step 7).
 */
final class RegistrationChange {
    private final List<RegistrarEvent> events = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();
    private boolean grew;
    private Location after;

    RegistrationChange(Location before) {
        this.after = before;
    }

    Location after() {
        return after;
    }

    List<RegistrarEvent> events() {
        return events;
    }

    /** Adds {@code binding}; where a contact was there already, {@code binding} takes its place and has its id. */
    void put(Binding binding) {
        Binding before = after.find(binding.id());
        after = after.with(binding);
        touched.add(binding.id());
        grew |= before == null;
        events.add(before == null ? new BindingAdded(binding) : new BindingRefreshed(binding, before));
    }

    void remove(Binding binding, Reason reason) {
        after = after.without(binding);
        events.add(new BindingRemoved(binding, reason));
    }

    /**
     * Where more contacts are there than allowed: removes those of devices that registered anew from another address, then by {@code
     * remove_unavailable} those that don't answer, then by {@code remove_existing} those that would expire first; refuses with 403 if
     * that is not enough.
     */
    void makeRoom(AddressOfRecord aor, Reachability reachability) {
        if (!grew) {
            return;
        }
        for (Binding old : untouched()) {
            if (isOver(aor) && hasMoved(old)) {
                remove(old, Reason.REPLACED);
            }
        }
        for (Binding old : untouched()) {
            if (isOver(aor) && aor.removeUnavailable() && reachability.isUnreachable(old)) {
                remove(old, Reason.UNAVAILABLE);
            }
        }
        for (Binding old : untouched()) {
            if (isOver(aor) && aor.removeExisting()) {
                remove(old, Reason.REPLACED);
            }
        }
        if (isOver(aor)) {
            throw new RegistrationRefused(403, "Too Many Contacts");
        }
    }

    private boolean isOver(AddressOfRecord aor) {
        return after.bindings().size() > aor.maxContacts();
    }

    /** Those that the request did not speak of, the next to expire first. */
    private List<Binding> untouched() {
        return after.bindings().stream()
                .filter(binding -> !touched.contains(binding.id()))
                .sorted(Comparator.comparingLong(Binding::deadlineNanos))
                .toList();
    }

    private boolean hasMoved(Binding old) {
        return old.instance() != null
                && after.bindings().stream()
                        .anyMatch(other ->
                                touched.contains(other.id()) && Objects.equals(other.instance(), old.instance()));
    }
}
