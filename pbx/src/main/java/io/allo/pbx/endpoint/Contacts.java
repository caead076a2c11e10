package io.allo.pbx.endpoint;

import io.allo.sip.registrar.Binding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where registered phones are and whether they answer. A board: told by the SIP loop, asked by any thread. */
public final class Contacts {

    /** Whether a contact answers OPTIONS, as Asterisk words it. */
    public enum Status {
        NON_QUALIFIED("NonQual"),
        REACHABLE("Avail"),
        UNREACHABLE("Unavail");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** As the CLI shows it. */
        public String label() {
            return label;
        }
    }

    /** A registered contact and what is known of it; the round trip is -1 if it was never measured. */
    public record Contact(Binding binding, Status status, long roundTripNanos) {}

    private final Map<String, Map<String, Contact>> byAor = new LinkedHashMap<>();

    /** A binding came or was refreshed. */
    public synchronized void put(Binding binding) {
        byAor.computeIfAbsent(binding.aor(), aor -> new LinkedHashMap<>())
                .compute(
                        binding.id(),
                        (id, before) -> before == null
                                ? new Contact(binding, Status.NON_QUALIFIED, -1)
                                : new Contact(binding, before.status(), before.roundTripNanos()));
    }

    /** A binding went. */
    public synchronized void remove(Binding binding) {
        var ofAor = byAor.get(binding.aor());
        if (ofAor != null) {
            ofAor.remove(binding.id());
            if (ofAor.isEmpty()) {
                byAor.remove(binding.aor());
            }
        }
    }

    /** A contact answered, or did not. */
    public synchronized void status(Binding binding, Status status, long roundTripNanos) {
        var ofAor = byAor.get(binding.aor());
        if (ofAor != null) {
            ofAor.computeIfPresent(binding.id(), (id, before) -> new Contact(before.binding(), status, roundTripNanos));
        }
    }

    /** The contacts of an address of record, oldest first. */
    public synchronized List<Contact> of(String aor) {
        return List.copyOf(byAor.getOrDefault(aor, Map.of()).values());
    }

    /** All contacts. */
    public synchronized List<Contact> all() {
        var all = new ArrayList<Contact>();
        byAor.values().forEach(ofAor -> all.addAll(ofAor.values()));
        return all;
    }
}
