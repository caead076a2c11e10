package io.allo.pbx.endpoint;

import io.allo.sip.registrar.Binding;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where registered phones are and whether they answer. A board: told by the SIP loop, asked by any thread. */
public final class Contacts {

    /** A registered contact and what is known of it. */
    public record Contact(Binding binding, ContactStatus status) {}

    private static final ContactStatus NOT_ASKED = new ContactStatus.NonQualified();

    private final Map<ContactId, ContactStatus> statuses = new HashMap<>();
    private final Map<String, Map<String, Contact>> byAor = new LinkedHashMap<>();

    /** A binding came or was refreshed. */
    public synchronized void put(Binding binding) {
        byAor.computeIfAbsent(binding.aor(), aor -> new LinkedHashMap<>())
                .compute(
                        binding.id(),
                        (id, before) -> before == null
                                ? new Contact(binding, statuses.getOrDefault(ContactId.of(binding), NOT_ASKED))
                                : new Contact(binding, before.status()));
    }

    /** A binding went. */
    public synchronized void remove(Binding binding) {
        var ofAor = byAor.get(binding.aor());
        if (ofAor != null) {
            ofAor.remove(binding.id());
            statuses.remove(ContactId.of(binding));
            if (ofAor.isEmpty()) {
                byAor.remove(binding.aor());
            }
        }
    }

    /** A contact answered, or did not. */
    public synchronized void status(ContactId contact, ContactStatus status) {
        statuses.put(contact, status);
        var ofAor = byAor.get(contact.aor());
        if (ofAor != null) {
            ofAor.replaceAll((id, before) ->
                    ContactId.of(before.binding()).equals(contact) ? new Contact(before.binding(), status) : before);
        }
    }

    /** What is known of a contact, also of a permanent one. */
    public synchronized ContactStatus status(ContactId contact) {
        return statuses.getOrDefault(contact, NOT_ASKED);
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
