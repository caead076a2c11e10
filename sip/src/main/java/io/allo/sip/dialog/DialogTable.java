package io.allo.sip.dialog;

import io.allo.sip.message.SipRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the owner of a dialog by what a message says of it. RFC 3261 section 12.2.2. Owned by the SIP loop. */
public final class DialogTable<T> {
    private final Map<DialogId, T> owners = new HashMap<>();

    /** From now on {@code owner} is found by this dialog. */
    public void put(DialogId id, T owner) {
        owners.put(id, owner);
    }

    /** Takes a dialog out; nothing where it is another owner's. */
    public void remove(DialogId id, T owner) {
        owners.remove(id, owner);
    }

    /** Takes all dialogs of an owner out. */
    public void removeAll(T owner) {
        owners.values().removeIf(owner::equals);
    }

    /** The owner of the dialog that {@code request} came in, null where there is none. */
    public @Nullable T find(SipRequest request) {
        DialogId id = DialogId.ofRequest(request);
        return id == null ? null : owners.get(id);
    }

    /** The owner of the dialog, null where there is none. */
    public @Nullable T find(DialogId id) {
        return owners.get(id);
    }

    /** How many dialogs there are. */
    public int size() {
        return owners.size();
    }
}
