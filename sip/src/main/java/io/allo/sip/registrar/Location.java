package io.allo.sip.registrar;

import io.allo.sip.address.SipUri;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bindings of one address of record at one moment, oldest first. Immutable. */
public record Location(String aor, List<Binding> bindings) {
    public Location {
        bindings = List.copyOf(bindings);
    }

    /** Nobody is registered. */
    public static Location empty(String aor) {
        return new Location(aor, List.of());
    }

    /** Whether nobody is registered. */
    public boolean isEmpty() {
        return bindings.isEmpty();
    }

    /** The binding of that id, or null. */
    public @Nullable Binding find(String id) {
        for (Binding binding : bindings) {
            if (binding.id().equals(id)) {
                return binding;
            }
        }
        return null;
    }

    /**
     * The binding that {@code candidate} takes the place of, or null: of the same contact (RFC 3261 section 19.1.4), and, where contacts
     * are rewritten because private addresses are not unique, of the same device.
     */
    @Nullable
    Binding sameAs(Binding candidate) {
        SipUri contact = candidate.contact();
        for (Binding binding : bindings) {
            if (binding.contact().matches(contact) && isSameDevice(binding, candidate)) {
                return binding;
            }
        }
        return null;
    }

    /** With that binding in the place of the one with its id, or last. */
    Location with(Binding changed) {
        var list = new ArrayList<Binding>(bindings.size() + 1);
        boolean placed = false;
        for (Binding binding : bindings) {
            boolean here = binding.id().equals(changed.id());
            list.add(here ? changed : binding);
            placed |= here;
        }
        if (!placed) {
            list.add(changed);
        }
        return new Location(aor, list);
    }

    Location without(Binding gone) {
        return new Location(
                aor, bindings.stream().filter(b -> !b.id().equals(gone.id())).toList());
    }

    private static boolean isSameDevice(Binding known, Binding candidate) {
        if (known.rewritten() == null || candidate.rewritten() == null) {
            return true;
        }
        String instance = known.instance();
        if (instance != null && candidate.instance() != null) {
            return instance.equals(candidate.instance());
        }
        return known.callId().equals(candidate.callId())
                || known.flow().remote().host().equals(candidate.flow().remote().host());
    }
}
