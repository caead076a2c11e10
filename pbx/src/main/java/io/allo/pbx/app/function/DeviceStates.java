package io.allo.pbx.app.function;

import io.allo.pbx.call.Calls;
import io.allo.pbx.call.ChannelState;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.registrar.ContactId;
import io.allo.sip.registrar.ContactStatus;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What a device does now, asked of the channels that are up, the contacts and, for {@code Custom:}, the database, where
 * Asterisk keeps them too. Any thread.
 */
final class DeviceStates {

    /** Asterisk's states; of several devices together the later here wins. */
    enum State {
        UNKNOWN,
        INVALID,
        UNAVAILABLE,
        NOT_INUSE,
        ONHOLD,
        INUSE,
        BUSY,
        RINGING,
        RINGINUSE
    }

    private static final String CUSTOM_FAMILY = "CustomDevstate";

    private final Supplier<EndpointDirectory> directory;
    private final Contacts contacts;
    private final Calls calls;
    private final DialplanDatabase database;

    DeviceStates(FunctionWorld world) {
        this.directory = world.directory();
        this.contacts = world.contacts();
        this.calls = world.calls();
        this.database = world.database();
    }

    /** The state of {@code PJSIP/alice}, {@code Custom:night}, {@code Local/200@queue}. */
    State of(String device) {
        if (device.regionMatches(true, 0, "Custom:", 0, 7)) {
            var value = database.value(CUSTOM_FAMILY, device.substring(7));
            return value == null ? State.UNKNOWN : state(value);
        }
        var slash = device.indexOf('/');
        if (slash < 0) {
            return State.INVALID;
        }
        var technology = device.substring(0, slash).toUpperCase(Locale.ROOT);
        var name = device.substring(slash + 1);
        return switch (technology) {
            case "PJSIP", "SIP" ->
                directory.get().endpoint(name).map(this::ofEndpoint).orElse(State.INVALID);
            case "LOCAL" -> used(device, 0) == State.NOT_INUSE ? State.NOT_INUSE : State.INUSE;
            default -> State.INVALID;
        };
    }

    private State ofEndpoint(EndpointSettings endpoint) {
        var used = used("PJSIP/" + endpoint.name(), endpoint.behaviour().deviceBusyAt());
        return used == State.NOT_INUSE && !isReachable(endpoint) ? State.UNAVAILABLE : used;
    }

    private State used(String device, int busyAt) {
        var count = 0;
        var ringing = 0;
        var held = 0;
        for (var channel : calls.channels()) {
            var own = (channel.technology() + "/" + channel.endpoint()).equalsIgnoreCase(device);
            if (!own || channel.isHungUp() || channel.state() == ChannelState.DOWN) {
                continue;
            }
            count++;
            ringing += channel.state() == ChannelState.RINGING ? 1 : 0;
            held += channel.isHeld() ? 1 : 0;
        }
        if (count == 0) {
            return State.NOT_INUSE;
        }
        if (ringing > 0) {
            return ringing == count ? State.RINGING : State.RINGINUSE;
        }
        if (busyAt > 0 && count >= busyAt) {
            return State.BUSY;
        }
        return held == count ? State.ONHOLD : State.INUSE;
    }

    private boolean isReachable(EndpointSettings endpoint) {
        for (var name : endpoint.aors()) {
            var aor = directory.get().aor(name);
            var fixed = aor != null
                    && aor.contacts().stream()
                            .anyMatch(uri ->
                                    !(contacts.status(new ContactId(name, uri)) instanceof ContactStatus.Unreachable));
            var registered = contacts.of(name).stream()
                    .anyMatch(contact -> !(contact.status() instanceof ContactStatus.Unreachable));
            if (fixed || registered) {
                return true;
            }
        }
        return false;
    }

    /** Sets {@code Custom:name}. */
    void custom(String device, String value) {
        if (!device.regionMatches(true, 0, "Custom:", 0, 7)) {
            throw new DialplanException("only the state of a Custom: device can be set, not of " + device);
        }
        var wanted = state(value);
        if (!wanted.name().equals(value.strip().toUpperCase(Locale.ROOT))) {
            throw new DialplanException("\"" + value + "\" is no state of a device");
        }
        if (!database.put(CUSTOM_FAMILY, device.substring(7), wanted.name())) {
            throw new DialplanException("the database has no room for the state of " + device);
        }
    }

    private static State state(String text) {
        var wanted = text.strip().toUpperCase(Locale.ROOT);
        for (var state : State.values()) {
            if (state.name().equals(wanted)) {
                return state;
            }
        }
        return State.UNKNOWN;
    }

    /** Of all devices behind an extension: ringing before busy before in use; busy only where all are. */
    static State together(Collection<State> states) {
        if (states.isEmpty()) {
            return State.UNKNOWN;
        }
        var ringing = states.contains(State.RINGING) || states.contains(State.RINGINUSE);
        var used = states.contains(State.INUSE) || states.contains(State.ONHOLD) || states.contains(State.BUSY);
        if (ringing) {
            return used || states.contains(State.RINGINUSE) ? State.RINGINUSE : State.RINGING;
        }
        if (states.stream().allMatch(each -> each == State.BUSY)) {
            return State.BUSY;
        }
        if (used) {
            var heldOnly = !states.contains(State.INUSE) && !states.contains(State.BUSY);
            return heldOnly ? State.ONHOLD : State.INUSE;
        }
        return states.stream().max(State::compareTo).orElse(State.UNKNOWN);
    }
}
